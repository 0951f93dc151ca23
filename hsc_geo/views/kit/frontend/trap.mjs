/* A field that no person meets: off the screen, out of the order of Tab, hidden from a screen reader. A program that
   fills in every field fills in this one too. */
export default function (component) {
  const { parentElement, setStateValue } = component;
  const field = parentElement.querySelector("input");
  const tell = () => setStateValue("filled", field.value !== "");
  field.addEventListener("change", tell);
  return () => field.removeEventListener("change", tell);
}
