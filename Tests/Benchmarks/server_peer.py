"""The service that tagbench's server is measured against: FastAPI, Pillow and onnxruntime on the same recipe graph.

Run by uvicorn; `PEER_GRAPH` names the graph, `PEER_HEAD` a file of NumPy with the head's weights, and `PEER_THREADS` says
how many pictures one worker judges at once.
"""
import datetime
import io
import os
import secrets
import uuid

import anyio.to_thread
import numpy as np
import onnxruntime
from fastapi import FastAPI, HTTPException, Request
from importing import centred, reduced_picture, squeezed

KEY = "a-prediction-key"

options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
options.inter_op_num_threads = 1
session = onnxruntime.InferenceSession(os.environ["PEER_GRAPH"], options, providers=["CPUExecutionProvider"])
head = np.load(os.environ["PEER_HEAD"])
tags = [(str(uuid.uuid4()), f"tag {number}") for number in range(head.shape[1])]
threads = anyio.CapacityLimiter(int(os.environ["PEER_THREADS"]))
app = FastAPI()


def judge(body):
    try:
        image = reduced_picture(body)
    except OSError:
        return None
    (embedding,) = session.run(None, {
        "lite0_224": np.asarray(squeezed(image, 224))[None],
        "lite0_288": np.asarray(centred(image, 288))[None],
    })
    scores = embedding.reshape(-1) @ head
    odds = np.exp(scores - scores.max())
    return odds / odds.sum()


@app.post("/customvision/v3.1/prediction/{project}/classify/iterations/{name}/image/nostore")
async def classify(project: str, name: str, request: Request):
    if not secrets.compare_digest(request.headers.get("Prediction-Key", ""), KEY):
        raise HTTPException(401)
    body = await request.body()
    probabilities = await anyio.to_thread.run_sync(judge, body, limiter=threads)
    if probabilities is None:
        raise HTTPException(400)
    return {
        "id": str(uuid.uuid4()), "project": project, "iteration": name,
        "created": datetime.datetime.now(datetime.UTC).isoformat(),
        "predictions": [
            {"probability": float(probabilities[at]), "tagId": tags[at][0], "tagName": tags[at][1], "tagType": "Regular"}
            for at in np.argsort(-probabilities)
        ],
    }
