"""Figures of statsmodels and patsy for a logistic regression with restricted cubic splines and interactions: the oracle of
test/shared/training/splines.test.ts.

    python -m venv /tmp/oracle && /tmp/oracle/bin/pip install numpy==2.4.6 statsmodels==0.15.0 patsy==1.0.3
    /tmp/oracle/bin/python test/reference/splines.py > test/reference/splines.json

The rows are made here, rounded, and written beside the figures; nothing of the product is used.
"""
import json
import numpy as np
import patsy
import statsmodels.api as sm

rng = np.random.default_rng(11)
N = 600
site = np.repeat(np.arange(4), [220, 180, 120, 80])
age = np.round(np.clip(rng.normal(58, 14, N), 18, 99), 1)
kidney = np.round(np.clip(rng.lognormal(0.1, 0.5, N), 0.2, 9.5), 2)
smoker = (rng.random(N) < 0.4).astype(int)
stage = rng.integers(1, 4, N)
eta = -1 + 0.002 * (age - 55) ** 2 - 0.6 * np.log(kidney) + 0.03 * (age - 55) * smoker + 0.4 * (stage == 3) * smoker
y = (rng.random(N) < 1 / (1 + np.exp(-eta))).astype(int)
train = rng.random(N) < 0.8

def basis(x, knots):
    """Harrell's truncated powers, not scaled."""
    plus = lambda at: np.maximum(x - at, 0) ** 3
    last, before = knots[-1], knots[-2]
    return [plus(t) - plus(before) * (last - t) / (last - before) + plus(last) * (before - t) / (last - before) for t in knots[:-2]]

ages = [float(np.round(q)) for q in np.quantile(age[train], [.05, .35, .65, .95])]      # range [0, 120]: whole years
kidneys = [0.5, 1.0, 2.5]                                                                # knots of the plan
two, three = (stage == 2).astype(float), (stage == 3).astype(float)
X = np.column_stack([np.ones(N), age, *basis(age, ages), kidney, *basis(kidney, kidneys), smoker, two, three,
                     age * smoker, smoker * two, smoker * three])
X = X / np.abs(X).max(0)
fit = sm.GLM(y[train], X[train], family=sm.families.Binomial()).fit(tol=1e-15, maxiter=100)
# The same space by another basis: patsy's natural cubic regression splines (cardinal), centred nowhere.
natural = lambda x, knots: np.asarray(patsy.dmatrix(f"cr(x, knots={knots[1:-1]}, lower_bound={knots[0]}, upper_bound={knots[-1]}) - 1", {"x": x}))
A, K = natural(age, ages), natural(kidney, kidneys)
# patsy extrapolates linearly beyond its bounds, as a restricted spline does.
Z = np.column_stack([A, K[:, 1:], smoker, two, three, age * smoker / 100, smoker * two, smoker * three])
other = sm.GLM(y[train], Z[train], family=sm.families.Binomial()).fit(tol=1e-15, maxiter=100)
import sys
print("log-likelihoods", fit.llf, other.llf, file=sys.stderr)
json.dump({
    "rows": {"site": site.tolist(), "age": age.tolist(), "kidney": kidney.tolist(), "smoker": smoker.tolist(), "stage": stage.tolist(),
             "y": y.tolist(), "train": train.astype(int).tolist()},
    "knots": {"age": ages, "kidney": kidneys},
    "logLikelihood": fit.llf, "patsyLogLikelihood": other.llf,
    "probability": fit.predict(X).tolist(),
}, sys.stdout)
