"""A result folder in three lines: `from load import load` / `result = load("out/heart")` / `result["summary"]`."""
import json
from pathlib import Path

import pandas


def load(folder):
    """The tables of a result folder as data frames by name, and its results.json as `results`."""
    folder = Path(folder)
    tables = {path.stem: pandas.read_csv(path) for path in folder.glob("*.csv")}
    return {**tables, "results": json.loads((folder / "results.json").read_text(encoding="utf-8"))}
