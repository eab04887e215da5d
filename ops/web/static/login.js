// Says what was wrong with the last try, which the node tells in the address.

if (new URLSearchParams(location.search).has("wrong")) {
  const line = document.getElementById("wrong");
  line.textContent = "That is not this node’s admin token.";
  line.hidden = false;
}
