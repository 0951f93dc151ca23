"""Steps through the form for proposals."""

from playwright.sync_api import expect

from tests.browser.visiting import Visit


def fill(visit: Visit, name: str, text: str) -> None:
    """Type into a field and leave it."""
    field = visit.key(f"w_p_{name}").locator("input, textarea").first
    field.fill(text)
    visit.after(field.blur)
    expect(field).to_have_value(text)


def press(visit: Visit, key: str) -> None:
    """Press a button."""
    visit.after(lambda: visit.press(visit.key(key).get_by_role("button").first))


def go_on(visit: Visit, step: str) -> None:
    """To the next step."""
    press(visit, "propose_next")
    visit.eventually(lambda: visit.choices().get("step"), [step])
