// Says what was wrong with the last try, which the node tells in the address.

const words = {
  token: "That is not this node’s admin token.",
  often: "Too many wrong tokens. Wait a minute, then try again.",
};

const wrong = new URLSearchParams(location.search).get("wrong");
if (wrong !== null) {
  const line = document.getElementById("wrong");
  line.textContent = words[wrong] ?? words.token;
  line.hidden = false;
}
