// Shapes of templates as paths on a canvas.

/** trace begins a path and draws a shape layer's figure. */
export function trace(context, layer) {
  const { x, y, width, height } = layer;
  const cx = x + width / 2, cy = y + height / 2;
  context.beginPath();
  switch (layer.shape) {
    case "rectangle": {
      const radii = [layer.radius ?? 0].flat();
      if (radii.some((r) => r > 0)) context.roundRect(x, y, width, height, radii);
      else context.rect(x, y, width, height);
      return;
    }
    case "ellipse":
      context.ellipse(cx, cy, width / 2, height / 2, 0, 0, 2 * Math.PI);
      return;
    case "polygon":
      lines(context, layer.points.map(([px, py]) => [x + px, y + py]));
      context.closePath();
      return;
    case "line":
      lines(context, layer.points.map(([px, py]) => [x + px, y + py]));
      return;
    case "star":
      lines(context, starCorners(cx, cy, width / 2, height / 2, layer.tips ?? 5, layer.inner ?? 0.382));
      context.closePath();
      return;
    default:
      throw new Error(`shape: expected one that can be traced; found ${layer.shape}`);
  }
}

function lines(context, points) {
  points.forEach(([x, y], i) => i === 0 ? context.moveTo(x, y) : context.lineTo(x, y));
}

/** starCorners begins at the tip at the top and goes clockwise. */
function starCorners(cx, cy, rx, ry, tips, inner) {
  return Array.from({ length: 2 * tips }, (_, i) => {
    const angle = i * Math.PI / tips, reach = i % 2 === 0 ? 1 : inner;
    return [cx + rx * reach * Math.sin(angle), cy - ry * reach * Math.cos(angle)];
  });
}
