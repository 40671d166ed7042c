"""Figures of statsmodels, lifelines and scikit-survival for the exact models and survival measures: the oracle of
test/shared/training/exact.test.ts and test/shared/evaluation/survival.test.ts.

    python -m venv /tmp/oracle && /tmp/oracle/bin/pip install statsmodels==0.15.0 lifelines==0.30.3 scikit-survival==0.28.0
    /tmp/oracle/bin/python test/reference/exact-models.py [FOLDER of the heart-disease CSV files] > test/reference/exact-models.json

The rows are made here, rounded, and written beside the figures; nothing of the product is used.
"""
import json, sys, os
import numpy as np
import pandas as pd
import statsmodels.api as sm
from lifelines import CoxPHFitter, KaplanMeierFitter
from lifelines.utils import concordance_index

rng = np.random.default_rng(7)
N, SITES = 150, 3
site = np.repeat(np.arange(SITES), [70, 50, 30])
x = np.round(np.column_stack([rng.normal(size=N), rng.normal(size=N), rng.integers(0, 2, N)]), 3)
eta = x @ [0.8, -0.5, 0.4] + np.array([-0.4, 0.2, 0.6])[site]
binary = (rng.random(N) < 1 / (1 + np.exp(-eta))).astype(int)
logits = np.column_stack([np.zeros(N), x @ [1, 0.2, 0] - 0.3, x @ [-0.6, 0.7, 0.5]])
p = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
classes = np.array([rng.choice(3, p=row) for row in p])
number = np.round(2 + x @ [1.5, -0.7, 0.3] + rng.normal(size=N) * 1.3, 3)
count = rng.poisson(np.exp(0.3 + x @ [0.5, -0.3, 0.2]))
time = np.ceil(rng.exponential(60 * np.exp(-eta)))  # whole days, with ties
censor = np.ceil(rng.uniform(0, 120, N))
event = (time <= censor).astype(int)
time = np.minimum(time, censor)
time[:3], event[:3] = 0, 0  # followed up for no time at all

X = sm.add_constant(x)
def table(fit, k=None):
    return {"value": list(np.ravel(fit.params, order="F")), "se": list(np.ravel(fit.bse, order="F")), "p": list(np.ravel(fit.pvalues, order="F"))}

out = {"rows": {"site": site.tolist(), "x": x.tolist(), "binary": binary.tolist(), "classes": classes.tolist(), "number": number.tolist(),
                "count": count.tolist(), "time": time.tolist(), "event": event.tolist()}}
out["logistic"] = table(sm.Logit(binary, X).fit(disp=0, method="newton", tol=1e-14, maxiter=50))
soft = sm.MNLogit(classes, X).fit(disp=0, method="newton", maxiter=100, tol=1e-13)
out["softmax"] = {**table(soft), "loglik": soft.llf}
linear = sm.OLS(number, X).fit()
out["linear"] = {**table(linear), "variance": linear.mse_resid, "interval": np.asarray(linear.conf_int()).tolist()}
out["poisson"] = table(sm.GLM(count, X, family=sm.families.Poisson()).fit(tol=1e-14, maxiter=100))
ridge = 2.0
def newton(gradient_hessian, start, steps=60):
    b = start
    for _ in range(steps):
        g, h = gradient_hessian(b)
        b = b - np.linalg.solve(h, g)
    return b

# Cox: by site (strata), and with one common baseline.
frame = pd.DataFrame({"a": x[:, 0], "b": x[:, 1], "c": x[:, 2], "time": time, "event": event, "site": site})
def cox(**more):
    fit = CoxPHFitter(baseline_estimation_method="breslow")
    fit.fit(frame if more else frame.drop(columns="site"), "time", "event", fit_options={"precision": 1e-12}, **more)
    return {"value": fit.params_.tolist(), "se": fit.standard_errors_.tolist(), "p": fit.summary["p"].tolist(), "loglik": fit.log_likelihood_}
out["coxBySite"], out["coxCommon"] = cox(strata=["site"]), cox()

# Discrete-time hazard: a logistic regression on the person-period rows, penalty ½b² on a site's intercept, ½·ridge·|w|² on columns.
cuts = [10.0, 25.0, 50.0, 90.0]
pp = []
for i in range(N):
    for k, cut in enumerate(cuts):
        start = 0 if k == 0 else cuts[k - 1]
        if k > 0 and time[i] <= start: break
        dies = event[i] == 1 and start < time[i] <= cut
        survives = time[i] > cut or (not dies and time[i] >= (start + cut) / 2)
        if not (dies or survives): break
        pp.append((i, k, int(dies)))
        if dies or time[i] <= cut: break
D = np.zeros((len(pp), len(cuts) + 3 + SITES)); yy = np.array([d for _, _, d in pp], float)
for r, (i, k, d) in enumerate(pp):
    D[r, k] = 1; D[r, 4:7] = x[i]; D[r, 7 + site[i]] = 1
def hazard(lam):
    pen = np.array([0] * 4 + [lam] * 3 + [1] * SITES)
    def gh(b):
        mu = 1 / (1 + np.exp(-D @ b))
        return D.T @ (mu - yy) + pen * b, (D * (mu * (1 - mu))[:, None]).T @ D + np.diag(pen)
    b = newton(gh, np.array([-2.0] * 4 + [0] * (3 + SITES)))
    cov = np.linalg.inv(gh(b)[1])
    return {"value": b[:7].tolist(), "own": b[7:].tolist(), "se": np.sqrt(np.diag(cov))[:7].tolist()}
out["hazard"] = {"cuts": cuts, "plain": hazard(0.0), "ridge": hazard(ridge), "ridgeUsed": ridge}

# Survival measures.
score = np.round(x @ [0.7, -0.4, 0.3], 2)  # with ties
risk = np.round(1 / (1 + np.exp(-(score - 0.5))), 3)
out["measures"] = {"score": score.tolist(), "risk": risk.tolist(), "cPooled": concordance_index(time, -score, event)}
out["measures"]["cBySite"] = [concordance_index(time[site == s], -score[site == s], event[site == s]) for s in range(SITES)]
km = KaplanMeierFitter().fit(time, event)
times = [5, 20, 40, 80]
out["measures"]["times"] = times
out["measures"]["km"] = [float(km.predict(t)) for t in times]
from sksurv.metrics import brier_score
from sksurv.util import Surv
surv = Surv.from_arrays(event.astype(bool), time)
curve = np.column_stack([np.exp(-t / 60 * np.exp(score)) for t in times])
curve = np.round(curve, 4)
out["measures"]["curve"] = curve.tolist()
out["measures"]["brier"] = brier_score(surv, surv, curve, times)[1].tolist()

# λ = 0 on the heart-disease rows of FLamby (variant A), standardised with n − 1.
if len(sys.argv) > 1:
    folder = sys.argv[1]
    split = pd.read_csv(os.path.join(folder, "flamby-split.csv"))
    parts = []
    for name in ["cleveland", "hungarian", "switzerland", "va-long-beach"]:
        part = pd.read_csv(os.path.join(folder, name + ".csv"), na_values="?")
        part["hospital"], part["row"] = name, np.arange(1, len(part) + 1)
        parts.append(part)
    rows = pd.concat(parts).merge(split, on=["hospital", "row"])
    rows = rows[rows["set"] == "train"]
    H = pd.DataFrame({k: rows[k].astype(float) for k in ["age", "sex", "trestbps", "chol", "fbs", "thalach", "exang", "oldpeak"]})
    for c in (2, 3, 4): H[f"cp{c}"] = (rows["cp"] == c).astype(float)
    for c in (1, 2): H[f"restecg{c}"] = (rows["restecg"] == c).astype(float)
    Z = sm.add_constant((H - H.mean()) / H.std(ddof=1))
    out["heart"] = {"names": list(Z.columns), **table(sm.Logit((rows["num"] > 0).astype(int).to_numpy(), Z.to_numpy()).fit(disp=0, method="newton", tol=1e-14, maxiter=50))}
json.dump(out, sys.stdout, separators=(",", ":"))
