(() => {
  // canvas turns any CSS colour into red, green, blue and alpha
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = (node) => {
    const layers = [];
    for (let n = node; n; n = n.parentElement) {
      const color = rgba(getComputedStyle(n).backgroundColor);
      if (color[3] > 0) layers.push(color);
      if (color[3] === 1) break;
    }
    return layers.reduceRight((below, top) => over(top, below), [255, 255, 255, 1]);
  };
  const opacity = (node) => {
    let all = 1;
    for (let n = node; n; n = n.parentElement) all *= Number(getComputedStyle(n).opacity);
    return all;
  };
  const dialogs = document.querySelectorAll("dialog[open]");
  const root = dialogs.length > 0 ? dialogs[dialogs.length - 1] : document.body;
  const low = new Set();
  let seen = 0;
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !node.checkVisibility({ visibilityProperty: true }) || node.closest(".skip, .visually-hidden, option, :disabled")) continue;
    seen++;
    const style = getComputedStyle(node);
    const below = ground(node);
    const color = rgba(style.color);
    color[3] *= opacity(node);
    const [a, b] = [luminance(over(color, below)), luminance(below)];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) low.add(`${ratio.toFixed(2)} ${node.className || node.id || node.nodeName}: ${walk.currentNode.data.trim().slice(0, 40)}`);
  }
  if (seen < 5) low.add(`only ${seen} texts were seen`);
  return [...low];
})()
