"""What a test of a spatial pattern can see with as few areas as a city has.

Patterns are simulated by a simultaneous autoregression over the same neighbours, y = (1 - rho W)^-1 e with e standard
normal (Whittle P (1954), On stationary processes in the plane, Biometrika 41:434-449): rho 0 has no pattern, towards 1
neighbours are ever more alike. The power at a rho is the share of simulated patterns whose Moran's I lies beyond what
95% of those without one have, two-sided. The seed is fixed: the same neighbours give the same answer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hsc_geo.analysis.contiguity import Weights
from hsc_geo.analysis.spatial import RATE, SEED
from hsc_geo.data.cached import per_package

POWER = 0.8
DRAWS = 2000  # a share of 0.8 is then known to 0.01 (its standard error)
STEPS = tuple(round(0.05 * i, 2) for i in range(1, 20))  # of rho


@dataclass(frozen=True)
class Seen:
    """The weakest pattern that is seen in at least 80% of the simulations. rho: of STEPS; moran: the mean Moran's I of
    the patterns with it; power: the share seen."""

    rho: float
    moran: float
    power: float


@per_package(maxsize=2)
def weakest_seen(among: Weights, draws: int = DRAWS, seed: int = SEED) -> Seen | None:
    """The weakest pattern that the test would see with these neighbours; None where even the strongest is missed."""
    noise = np.random.default_rng(seed).standard_normal((2, draws, len(among.codes)))
    low, high = np.quantile(morans(noise[0], among), [RATE / 2, 1 - RATE / 2])
    for rho in STEPS:
        found = morans(simulated(noise[1], among, rho), among)
        power = float(((found < low) | (found > high)).mean())
        if power >= POWER:
            return Seen(rho, float(found.mean()), power)
    return None


def simulated(noise: np.ndarray, among: Weights, rho: float) -> np.ndarray:
    """Patterns of autocorrelation rho from noise; both of shape (draws, areas)."""
    found: np.ndarray = np.linalg.solve(np.eye(len(among.codes)) - rho * among.matrix, noise.T).T
    return found


def morans(numbers: np.ndarray, among: Weights) -> np.ndarray:
    """Moran's I of each row."""
    apart = numbers - numbers.mean(axis=1, keepdims=True)
    found: np.ndarray = np.einsum("di,di->d", apart @ among.matrix.T, apart) / (apart**2).sum(axis=1)
    return found
