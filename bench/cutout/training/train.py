"""python3 train.py PLANES WEIGHTS MINUTES [EARLIER_WEIGHTS]: trains on the files of write-planes.ts, a twelfth of them kept apart."""
import glob
import random
import sys
import time
import numpy as np
import torch
import torch.nn.functional as F
from network import PieceNetwork
from planes import lying, read, varied

BATCH = 8
RATE = 2.5e-3
KEPT_APART = 12
FOLDER, WEIGHTS, MINUTES = sys.argv[1], sys.argv[2], float(sys.argv[3])


def iou(odds, truth):
    found, there = odds > 0, truth > 0.5
    return ((found & there).sum() / ((found | there).sum() + 1e-6)).item()


def judge(net, items):
    net.eval()
    with torch.no_grad():
        scores = [(iou(net(planes[None], odds[None])[0], truth), iou(odds, truth)) for planes, odds, truth in items]
    net.train()
    return np.mean(scores, 0)


def loss_of(odds, truth):
    share = torch.sigmoid(odds)
    dice = 1 - (2 * (share * truth).sum((1, 2)) + 50) / ((share + truth).sum((1, 2)) + 50)
    return 3 * F.binary_cross_entropy_with_logits(odds, truth) + dice.mean()


torch.set_num_threads(1)
torch.manual_seed(1)
dice = random.Random(1)
items = [lying(read(file)) for file in sorted(glob.glob(f"{FOLDER}/*.bin"))]
apart, items = items[::KEPT_APART], [item for n, item in enumerate(items) if n % KEPT_APART]
net = PieceNetwork()
if len(sys.argv) > 4:
    net.load_state_dict(torch.load(sys.argv[4]))
steps = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=1e-3)
began, taken, epoch = time.time(), 0, 0
while (spent := (time.time() - began) / 60 / MINUTES) < 1:
    order = dice.sample(range(len(items)), len(items))
    for first in range(0, len(items) - BATCH + 1, BATCH):
        spent, taken = min(1, (time.time() - began) / 60 / MINUTES), taken + 1
        for group in steps.param_groups:
            group["lr"] = RATE * min(1, taken / 100) * (0.5 * (1 + np.cos(np.pi * spent)) + 0.01)
        planes, odds, truth = map(torch.stack, zip(*[varied(items[n], dice) for n in order[first : first + BATCH]]))
        loss = loss_of(net(planes, odds), truth)
        steps.zero_grad()
        loss.backward()
        steps.step()
    epoch += 1
    if epoch % 5 == 0:
        print(f"epoch {epoch}: loss {loss.item():.3f}, IoU of those kept apart %.3f, of the rules alone %.3f" % tuple(judge(net, apart)), flush=True)
        torch.save(net.state_dict(), WEIGHTS)
torch.save(net.state_dict(), WEIGHTS)
