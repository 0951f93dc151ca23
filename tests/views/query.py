"""An address of a page without a browser."""


class Query(dict[str, list[str]]):
    """Streamlit's query parameters, as far as the state uses them."""

    def __init__(self, **values: list[str]) -> None:
        super().__init__(values)
        self.writes = 0

    def get_all(self, key: str) -> list[str]:
        return list(self[key])

    def from_dict(self, values: dict[str, list[str]]) -> None:
        self.clear()
        self.update({key: list(each) for key, each in values.items()})
        self.writes += 1
