// Find elements in a piece of the page, the piece itself included, each only once.
export function all(root, selector, mark) {
  const found = [...root.querySelectorAll(selector)];
  if (root.matches?.(selector)) found.unshift(root);
  return found.filter((element) => {
    if (element.dataset[mark]) return false;
    element.dataset[mark] = "yes";
    return true;
  });
}
