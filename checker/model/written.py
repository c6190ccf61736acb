"""What every model of a hand-written YAML file has in common."""

from pydantic import BaseModel, ConfigDict

TAG = "<"
"""Tags of discriminated unions begin with this (``Tag("<leaf>")``): pydantic puts them into its error locations, where
a person who edits YAML would look for a key of that name."""


class Strict(BaseModel):
    """Base of what a person writes in YAML: unknown keys are refused, values are never converted, nothing changes."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
