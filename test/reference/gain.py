"""What a hospital gains on heart disease, by numpy alone: the oracle of test/studies/gain.test.ts, and of `pnpm studies gain`.

    python -m venv /tmp/oracle && /tmp/oracle/bin/pip install numpy==2.4.6
    /tmp/oracle/bin/python test/reference/gain.py FOLDER_OF_HEART_DISEASE [SPLITS]

Splits: RandomState(1000 + repeat); hospital by hospital, class by class, the first 66 % of a permutation train. Columns are scaled by all training
rows; the penalty is half the squared norm, the intercept free. Prints federated AUROC and log-loss on each hospital's test patients, and the
log-loss of the Swiss patients left out in turn: federated, with an own intercept (penalty b squared / 2), by prevalence.
"""
import csv
import sys

import numpy as np

HOSPITALS = ["cleveland", "hungarian", "switzerland", "va-long-beach"]
folder, splits = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 40
kept = {(r["hospital"], int(r["row"])) for r in csv.DictReader(open(f"{folder}/flamby-split.csv")) if r["set"] != "excluded"}

rows, y, site = [], [], []
for k, hospital in enumerate(HOSPITALS):
    for i, r in enumerate(csv.DictReader(open(f"{folder}/{hospital}.csv"))):
        if (hospital, i + 1) not in kept:
            continue
        numbers = [float(r[c]) for c in "age sex trestbps chol fbs thalach exang oldpeak".split()]
        rows.append(numbers + [float(float(r["cp"]) == c) for c in (2, 3, 4)] + [float(float(r["restecg"]) == c) for c in (1, 2)])
        y.append(float(float(r["num"]) > 0))
        site.append(k)
rows, y, site = np.array(rows), np.array(y), np.array(site)


def logits(training):
    mean, sd = rows[training].mean(0), rows[training].std(0, ddof=1)
    x = np.c_[np.ones(len(y)), (rows - mean) / sd]
    penalty, b = np.diag([0.0] + [1.0] * rows.shape[1]), np.zeros(rows.shape[1] + 1)
    for _ in range(50):
        p = 1 / (1 + np.exp(-x[training] @ b))
        gradient = x[training].T @ (p - y[training]) + penalty @ b
        b -= np.linalg.solve(x[training].T @ (x[training] * (p * (1 - p))[:, None]) + penalty, gradient)
    return x @ b


def loss(z, y):
    return np.mean(np.logaddexp(0, z) - y * z)


def auroc(z, y):
    pairs = z[y == 1][:, None] - z[y == 0][None]
    return np.mean((pairs > 0) + 0.5 * (pairs == 0))


found = {k: [] for k in (0, 1, 3)}
for repeat in range(splits):
    rng, training = np.random.RandomState(1000 + repeat), np.zeros(len(y), bool)
    for k in range(4):
        for label in (0, 1):
            own = np.where((site == k) & (y == label))[0]
            training[rng.permutation(own)[: round(0.66 * len(own))]] = True
    z = logits(training)
    for k in found:
        test = ~training & (site == k)
        found[k].append((auroc(z[test], y[test]), loss(z[test], y[test])))
for k, figures in found.items():
    print(HOSPITALS[k], "first", figures[0], "mean", np.mean(figures, 0))

swiss = []
for left in np.where(site == 2)[0]:
    training = np.arange(len(y)) != left
    z, own, b = logits(training), training & (site == 2), 0.0
    for _ in range(50):
        p = 1 / (1 + np.exp(-z[own] - b))
        b -= (np.sum(p - y[own]) + b) / (np.sum(p * (1 - p)) + 1)
    prevalence = (y[own].sum() + 0.5) / (own.sum() + 1)
    swiss.append((loss(z[left], y[left]), loss(z[left] + b, y[left]), -np.log(prevalence if y[left] else 1 - prevalence)))
    if y[left] == 0:
        print("healthy one", swiss[-1])
print("switzerland", np.mean(swiss, 0))
