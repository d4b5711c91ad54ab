"""A person at the keyboard alone: every step by Tab, arrows, Space and Enter."""

FAR = 200
SEEN = """wanted => {
  const here = document.activeElement;
  const shown = here.matches(".btn-check") ? here.nextElementSibling : here;
  const look = getComputedStyle(shown);
  return [here.matches(wanted), `${look.outlineStyle} ${look.outlineWidth}`, here.outerHTML];
}"""


class Keys:
    """A person at the keyboard of an own browser."""

    def __init__(self, desk):
        self.page = desk.page
        self.press = desk.page.keyboard.press
        self.type = desk.page.keyboard.type
        self.desk = desk

    def open(self, name, *args, query=""):
        self.desk.open(name, *args, query=query)

    def focused(self, what):
        """Return a property of what has the focus."""
        return self.page.evaluate(f"document.activeElement.{what}")

    def fill(self, wanted, text):
        """Go to a field and type over what it holds."""
        self.reach(wanted)
        self.press("Control+a")
        self.type(text)

    def choose(self, wanted, value):
        """Go to a drop-down list and walk by arrows to the row of this value."""
        self.reach(wanted)
        for _ in range(FAR):
            if self.focused("value") == str(value):
                return
            self.press("ArrowDown")
        raise AssertionError(f"{value} is not in {wanted}")

    def reach(self, wanted):
        """Press Tab until this has the focus; whatever has it on the way shows it."""
        for _ in range(FAR):
            self.press("Tab")
            is_there, ring, html = self.page.evaluate(SEEN, wanted)
            if is_there:
                assert ring == "solid 3px", html
                return
        raise AssertionError(f"{wanted} is not reached by Tab")

    def enter(self, wanted):
        """Press Enter on this and wait for the page that follows."""
        self.reach(wanted)
        with self.page.expect_navigation():
            self.press("Enter")
