"""Reference figures for the treatment effect, from rows.csv beside this file.

Made with: python3 -m venv v && v/bin/pip install statsmodels==0.15.0 pandas && v/bin/python figures.py > figures.json
Sites are 0/1 columns; the sandwich is written out over all columns, so that nothing of the profiling of the product is used.
"""
import json, pathlib
import numpy as np, pandas as pd, statsmodels.api as sm
from scipy import stats

d = pd.read_csv(pathlib.Path(__file__).with_name("rows.csv"))
S = pd.get_dummies(d.site).to_numpy(float); X = d[["a", "b", "c"]].to_numpy(); A = d.arm.to_numpy(float); y = d.y.to_numpy(float)
binomial = sm.families.Binomial()
fit = lambda design, out, w=None: sm.GLM(out, design, family=binomial, **({} if w is None else {"freq_weights": w})).fit(tol=1e-14, maxiter=100)

def sandwich(design, out, w, params):
    p = 1 / (1 + np.exp(-design @ params))
    bread = np.linalg.inv((design * (w * p * (1 - p))[:, None]).T @ design)
    meat = (design * ((w * (out - p)) ** 2)[:, None]).T @ design
    return bread @ meat @ bread

level1 = np.column_stack([S, X, A])
r = fit(level1, y)
full = np.column_stack([level1, X * A[:, None]])
p = r.fittedvalues
score = full.T @ (y - p); info = (full * (p * (1 - p))[:, None]).T @ full
Q = float(score @ np.linalg.solve(info, score))
lp = np.log(p / (1 - p)) - A * r.params[-1]
risk = np.column_stack([level1, A * lp])
score_r = risk.T @ (y - p); info_r = (risk * (p * (1 - p))[:, None]).T @ risk
Qr = float(score_r @ np.linalg.solve(info_r, score_r))

prop = fit(np.column_stack([S, X]), A)
e = np.clip(prop.fittedvalues, .02, .98)
weights = {"average": A / e + (1 - A) / (1 - e), "treated": A + (1 - A) * e / (1 - e), "overlap": A * (1 - e) + (1 - A) * e}
weighted = {}
for name, w in weights.items():
    q = fit(level1, y, w)
    c = sandwich(level1, y, w, q.params)
    weighted[name] = {"logOdds": q.params[-1], "standardError": float(np.sqrt(c[-1, -1]))}

# average risk difference of level 1 and its delta-method error, over all columns
d0 = np.column_stack([S, X, 0 * A]); d1 = np.column_stack([S, X, 0 * A + 1])
p0 = 1 / (1 + np.exp(-d0 @ r.params)); p1 = 1 / (1 + np.exp(-d1 @ r.params))
g = (d0 * (p0 * (1 - p0))[:, None] - d1 * (p1 * (1 - p1))[:, None])
V = r.cov_params()
patient = g[0]
out = {
    "level1": {"coefficients": list(r.params[3:]), "standardErrors": list(r.bse[3:]), "pValue": float(r.pvalues[-1])},
    "interactions": {"statistic": Q, "pValue": float(stats.chi2.sf(Q, 3))},
    "risk": {"statistic": Qr, "pValue": float(stats.chi2.sf(Qr, 1))},
    "weighted": weighted,
    "average": {"difference": float((p0 - p1).mean()), "standardError": float(np.sqrt(g.mean(0) @ V @ g.mean(0)))},
    "firstPatient": {"difference": float(p0[0] - p1[0]), "standardError": float(np.sqrt(patient @ V @ patient))},
    "chiSquare": [[x, k, float(stats.chi2.sf(x, k))] for x, k in [(0.5, 1), (3.9, 1), (20, 1), (0.3, 2), (7, 2), (2, 3), (15, 4), (11.07, 5), (60, 7), (9, 10), (31, 20)]],
}
print(json.dumps(out, indent=1))
