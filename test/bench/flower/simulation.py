"""Flower's simulation of the bench's federation: the same network, rows and steps, in numpy; prints one line of JSON.

Usage: python simulation.py --sites N --rounds R [--rows N] [--unchanged PARAMETERS]

Flower's own ways, set up for speed: the Ray backend with one actor a core, no evaluation rounds, logs off, weights as float32,
rows made once an actor. `--unchanged` returns the weights as they came, which leaves Flower's own work of a round.
"""
import argparse
import json
import logging
import os
import resource
import time

os.environ.setdefault("FLWR_TELEMETRY_ENABLED", "0")
os.environ.setdefault("RAY_DEDUP_LOGS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
import flwr
from flwr.app import ArrayRecord, Context, Message, MetricRecord, RecordDict
from flwr.clientapp import ClientApp
from flwr.serverapp import Grid, ServerApp
from flwr.serverapp.strategy import FedAvg
from flwr.simulation import run_simulation

logging.getLogger("flwr").setLevel(logging.ERROR)

INPUTS, FIRST, SECOND = 13, 64, 32
BATCH, LEARNING_RATE = 32, np.float32(0.05)

parser = argparse.ArgumentParser()
parser.add_argument("--sites", type=int, required=True)
parser.add_argument("--rounds", type=int, required=True)
parser.add_argument("--rows", type=int, default=32)
parser.add_argument("--unchanged", type=int, default=0)
options = parser.parse_args()
ROWS, UNCHANGED = options.rows, options.unchanged


def processor_seconds():
    """Processor time of this process and all below it, Ray's included; None where the system does not tell (Linux does)."""
    if not os.path.isdir("/proc/self/task"):
        return None
    parents, ticks = {}, {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat") as stat:
                fields = stat.read().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(name)], ticks[int(name)] = int(fields[1]), int(fields[11]) + int(fields[12])

    def is_own(process):
        while process in parents and process != os.getpid():
            process = parents[process]
        return process == os.getpid()

    return sum(ticks[process] for process in ticks if is_own(process)) / os.sysconf("SC_CLK_TCK")


rows_of = {}


def rows(site):
    """The site's rows, made at first use in this process and kept."""
    if site not in rows_of:
        chance = np.random.default_rng(site)
        x = chance.standard_normal((ROWS, INPUTS), dtype=np.float32)
        y = (x[:, :1] + x[:, 1:2] * x[:, 2:3] > 0).astype(np.float32)
        rows_of[site] = (x, y, chance)
    return rows_of[site]


def start():
    """He-uniform kernels and zero biases."""
    chance = np.random.default_rng(1)
    weights = []
    for inputs, outputs in ((INPUTS, FIRST), (FIRST, SECOND), (SECOND, 1)):
        bound = np.sqrt(6 / inputs)
        weights.append(chance.uniform(-bound, bound, (inputs, outputs)).astype(np.float32))
        weights.append(np.zeros(outputs, dtype=np.float32))
    return weights


def train(weights, site):
    """One pass of gradient descent in shuffled batches, by matrix products."""
    x, y, chance = rows(site)
    w1, b1, w2, b2, w3, b3 = [np.array(tensor) for tensor in weights]
    order = chance.permutation(ROWS)
    for at in range(0, ROWS, BATCH):
        batch = order[at : at + BATCH]
        a0, truth = x[batch], y[batch]
        a1 = np.maximum(a0 @ w1 + b1, 0)
        a2 = np.maximum(a1 @ w2 + b2, 0)
        e3 = (1 / (1 + np.exp(-(a2 @ w3 + b3))) - truth) / np.float32(len(batch))
        e2 = (e3 @ w3.T) * (a2 > 0)
        e1 = (e2 @ w2.T) * (a1 > 0)
        w3 -= LEARNING_RATE * (a2.T @ e3)
        b3 -= LEARNING_RATE * e3.sum(0)
        w2 -= LEARNING_RATE * (a1.T @ e2)
        b2 -= LEARNING_RATE * e2.sum(0)
        w1 -= LEARNING_RATE * (a0.T @ e1)
        b1 -= LEARNING_RATE * e1.sum(0)
    return [w1, b1, w2, b2, w3, b3]


client = ClientApp()


@client.train()
def answer(message: Message, context: Context):
    weights = message.content["arrays"]
    if not UNCHANGED:
        weights = ArrayRecord(train(weights.to_numpy_ndarrays(), int(context.node_config["partition-id"])))
    content = RecordDict({"arrays": weights, "metrics": MetricRecord({"num-examples": ROWS})})
    return Message(content=content, reply_to=message)


server = ServerApp()
ends = []
processor = []


class Timed(FedAvg):
    """FedAvg that notes when each round is added up."""

    def aggregate_train(self, server_round, replies):
        result = super().aggregate_train(server_round, replies)
        ends.append(time.perf_counter())
        processor.append(processor_seconds())
        return result


@server.main()
def main(grid: Grid, context: Context) -> None:
    initial = [np.zeros(UNCHANGED, dtype=np.float32)] if UNCHANGED else start()
    strategy = Timed(fraction_train=1.0, fraction_evaluate=0.0, min_train_nodes=options.sites, min_available_nodes=options.sites)
    strategy.start(grid=grid, initial_arrays=ArrayRecord(initial), num_rounds=options.rounds)


if __name__ == "__main__":
    began = time.perf_counter()
    cores = os.cpu_count() or 1
    run_simulation(
        server_app=server,
        client_app=client,
        num_supernodes=options.sites,
        backend_config={"init_args": {"num_cpus": cores, "log_to_driver": False}, "client_resources": {"num_cpus": 1, "num_gpus": 0.0}},
    )
    # The first round starts the actors; the others are what a round costs.
    seconds = (ends[-1] - ends[0]) / (len(ends) - 1) if len(ends) > 1 else ends[0] - began
    told = len(ends) > 1 and processor[0] is not None
    processor_per_round = (processor[-1] - processor[0]) / (len(ends) - 1) if told else None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(json.dumps({
        "version": flwr.__version__ if hasattr(flwr, "__version__") else "",
        "sites": options.sites,
        "rounds": len(ends),
        "secondsPerRound": seconds,
        "processorSecondsPerRound": processor_per_round,
        "siteRoundsPerSecond": options.sites / seconds,
        "peakMegabytes": peak / 1024,
    }))
