"""Intervals of one patient's numbers by statsmodels: the oracle of test/shared/training/patient-intervals.test.ts.

    python -m venv /tmp/oracle && /tmp/oracle/bin/pip install numpy==2.4.6 statsmodels==0.15.0
    /tmp/oracle/bin/python test/reference/patient-intervals.py > test/reference/patient-intervals.json

Rows are those of exact-models.json. Classes: multinomial logistic regression, 95 % interval of each class's log odds against all others, with a
gradient by central differences of the fitted probabilities. Counts: Poisson, interval of the mean. Quantities: standard error of the mean.
"""
import json, os
import numpy as np
import statsmodels.api as sm

rows = json.load(open(os.path.join(os.path.dirname(__file__), "exact-models.json")))["rows"]
X = sm.add_constant(np.array(rows["x"]))
PATIENTS, Z = [0, 9, 42, 120], 1.959963984540054

soft = sm.MNLogit(np.array(rows["classes"]), X).fit(disp=0, method="newton", maxiter=100, tol=1e-13)
beta, covariance = np.asarray(soft.params).ravel(order="F"), np.asarray(soft.cov_params())
def odds(flat, x):
    eta = np.concatenate([[0], np.array([x @ flat[4 * k: 4 * k + 4] for k in range(2)])])
    p = np.exp(eta - eta.max()); p /= p.sum()
    return np.log(p / (1 - p))
classes = []
for i in PATIENTS:
    step = 1e-6
    G = np.column_stack([(odds(beta + step * e, X[i]) - odds(beta - step * e, X[i])) / (2 * step) for e in np.eye(8)])
    se, at = np.sqrt(np.einsum("ka,ab,kb->k", G, covariance, G)), odds(beta, X[i])
    classes.append([[1 / (1 + np.exp(-v)) for v in (at[k], at[k] - Z * se[k], at[k] + Z * se[k])] for k in range(3)])

poisson = sm.GLM(np.array(rows["count"]), X, family=sm.families.Poisson()).fit(tol=1e-14, maxiter=100).get_prediction(X[PATIENTS]).summary_frame()
linear = sm.OLS(np.array(rows["number"]), X).fit().get_prediction(X[PATIENTS])
json.dump({"patients": PATIENTS, "classes": classes,
           "counts": poisson[["mean", "mean_ci_lower", "mean_ci_upper"]].to_numpy().tolist(),
           "quantities": np.column_stack([linear.predicted_mean, linear.se_mean]).tolist()}, __import__("sys").stdout, indent=1)
