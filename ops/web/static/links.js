// Addresses within the page.

// explainHash is where a template is explained: the very request, when the node says which, or the template without
// fields.
export function explainHash({ url, customer, template }) {
  const path = `/r/${encodeURIComponent(customer)}/${encodeURIComponent(template)}.jpg`;
  return `#/explain?${new URLSearchParams({ url: url ?? path })}`;
}

export const customerHash = (id) => `#/customer?${new URLSearchParams({ id })}`;

// place reads where the page is: {view, parameters}.
export function place(hash) {
  const [view, query] = hash.replace(/^#\/?/, "").split(/\?(.*)/s);
  return { view, parameters: new URLSearchParams(query ?? "") };
}
