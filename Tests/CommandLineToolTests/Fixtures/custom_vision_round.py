"""What a program written for the Custom Vision service does, with the official SDK against `tagbench serve`.

Usage: custom_vision_round.py ENDPOINT TRAINING_KEY PREDICTION_KEY SAMPLE_FOLDER

Prints the name of each step that holds; the first that does not ends it. Steps build on each other, in
the order of this file. OPERATIONS.md names them.
"""

import io
import http.server
import json
import sys
import threading
import time
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

from azure.cognitiveservices.vision.customvision.prediction import CustomVisionPredictionClient
from azure.cognitiveservices.vision.customvision.training import CustomVisionTrainingClient
from azure.cognitiveservices.vision.customvision.training.models import (
    CustomBaseModelInfo,
    CustomVisionErrorException,
    ImageFileCreateBatch,
    ImageFileCreateEntry,
    ImageTagCreateEntry,
    ImageUrlCreateBatch,
    ImageUrlCreateEntry,
)
from msrest.authentication import ApiKeyCredentials

COMPACT = "0732100f-1a38-4e49-a514-c9b44c697ab5"
NOBODY = "00000000-0000-4000-8000-000000000000"
TAGS = ["daffodil", "daisy"]

endpoint, training_key, prediction_key, samples = sys.argv[1:5]


def trainer_with(key):
    return CustomVisionTrainingClient(endpoint, ApiKeyCredentials(in_headers={"Training-key": key}))


trainer = trainer_with(training_key)
predictor = CustomVisionPredictionClient(
    endpoint, ApiKeyCredentials(in_headers={"Prediction-key": prediction_key})
)
files = {tag: sorted(Path(samples, tag).iterdir())[:14] for tag in TAGS}
state = {}
heard = []  # The notifications that came.


def refused(code, status, call, *arguments, **options):
    try:
        call(*arguments, **options)
    except CustomVisionErrorException as error:
        assert error.error.code == code, f"{error.error.code} in place of {code}"
        assert error.error.message
        assert error.response.status_code == status, error.response.status_code
        return error.error.message
    raise AssertionError(f"{call.__name__} was not refused")


def raw(method, path, body=None, headers=None):
    """A request as it is written, without the SDK."""
    request = urllib.request.Request(endpoint + path, data=body, method=method, headers=headers or {})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


class PictureHost(http.server.BaseHTTPRequestHandler):
    """Somebody else's server, with a picture and with what goes wrong there."""

    def do_GET(self):
        moved = {"/moved": "/picture", "/renewed": "/new", "/round": "/round"}
        if self.path == "/gone" or self.path in moved:
            self.send_response(302 if self.path in moved else 404)
            self.send_header("Location", moved.get(self.path, ""))
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if self.path == "/slow":
            self.send_response(200)
            self.end_headers()
            # A byte a moment, for longer than anybody waits.
            try:
                for _ in range(1000):
                    self.wfile.write(b"x")
                    self.wfile.flush()
                    time.sleep(0.1)
            except OSError:
                return
        known = {
            "/picture": files["daisy"][12].read_bytes(), "/new": Path(samples, "dahlia/dahlia-005.jpg").read_bytes(),
            "/large": bytes(7 << 20), "/text": b"no picture",
        }
        self.send_response(200)
        body = known[self.path]
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            pass  # Whoever asked has seen enough.

    def do_POST(self):
        heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        # What is not taken comes again.
        self.send_response(503 if len(heard) == 1 else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments):
        pass


host = http.server.ThreadingHTTPServer(("127.0.0.1", 0), PictureHost)
host.daemon_threads = True
threading.Thread(target=host.serve_forever, daemon=True).start()
away = f"http://127.0.0.1:{host.server_port}"


def told(kind, **content):
    """Waits until the address for notifications has heard of something."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for message in list(heard):
            if message["type"] == kind and message["Content"] == content:
                assert message["version"] == "1.0"
                return
        time.sleep(0.02)
    raise AssertionError(f"{kind} {content} is not among {heard}")


def keys_are_asked_for():
    for key in ["", "wrong", training_key + "x", prediction_key]:
        message = refused("Unauthorized", 401, trainer_with(key).get_projects)
        assert "key" in message
    status, body = raw("GET", "/customvision/v3.3/training/projects")
    assert status == 401 and json.loads(body)["error"]["code"] == "401", body


def domains_are_those_of_the_service():
    domains = trainer.get_domains()
    assert len(domains) == 12 and domains[0].name == "General"
    assert trainer.get_domain(COMPACT).exportable is True
    refused("NotFoundDomain", 404, trainer.get_domain, NOBODY)


def project_is_made():
    plain = trainer.create_project("plain")
    assert plain.settings.classification_type == "Multilabel" and plain.status == "Succeeded"
    assert plain.settings.target_export_platforms == [] and plain.settings.notification_queue_uri is None
    told_at, models_at = away + "/told?secret=1", "https://models.test/all"
    project = trainer.create_project(
        "flowers", description="in spring", domain_id=COMPACT, classification_type="Multiclass",
        target_export_platforms=["ONNX", "CoreML"], notification_queue_uri=told_at, export_model_container_uri=models_at,
    )
    assert project.settings.target_export_platforms == ["ONNX", "CoreML"]
    assert project.settings.notification_queue_uri == told_at
    assert project.settings.export_model_container_uri == models_at
    told("ConnectionTest", projectId=project.id)
    refused("BadRequestInvalid", 400, trainer.create_project, "x", target_export_platforms=["Amiga"])
    refused("BadRequestInvalid", 400, trainer.create_project, "x", notification_queue_uri="ftp://models.test/")
    assert project.description == "in spring" and project.settings.domain_id == COMPACT
    assert project.created and project.last_modified
    assert {found.name for found in trainer.get_projects()} == {"flowers", "plain"}
    assert trainer.get_project(project.id).name == "flowers"
    refused("BadRequestProjectName", 400, trainer.create_project, "")
    refused("BadRequestProjectName", 400, trainer.create_project, " ")
    refused("BadRequestProjectUnknownDomain", 400, trainer.create_project, "x", domain_id=NOBODY)
    refused("NotFoundProject", 404, trainer.get_project, NOBODY)
    state["project"], state["plain"] = project.id, plain.id


def project_is_changed():
    project = trainer.get_project(state["plain"])
    project.name = "renamed"
    project.description = "nothing yet"
    project.settings.classification_type = "Multiclass"
    project.settings.target_export_platforms = ["VAIDK"]
    project.name, name = " ", project.name
    refused("BadRequestProjectName", 400, trainer.update_project, project.id, project)
    project.name = name
    changed = trainer.update_project(project.id, project)
    assert changed.settings.target_export_platforms == ["VAIDK"]
    assert (changed.name, changed.description) == ("renamed", "nothing yet")
    assert changed.settings.classification_type == "Multiclass"


def tags_are_made():
    project = state["project"]
    state["tags"] = {tag: trainer.create_tag(project, tag).id for tag in TAGS}
    other = trainer.create_tag(project, "other", type="Negative")
    assert other.type == "Negative" and other.image_count == 0
    assert [tag.name for tag in trainer.get_tags(project)] == TAGS + ["other"]
    assert trainer.get_tag(project, other.id).name == "other"
    refused("BadRequestTagNameNotUnique", 400, trainer.create_tag, project, "daisy")
    refused("BadRequestMultipleNegativeTag", 400, trainer.create_tag, project, "x", type="Negative")
    refused("BadRequestTagType", 400, trainer.create_tag, project, "x", type="Odd")
    refused("NotFoundTag", 404, trainer.get_tag, project, NOBODY)
    refused("BadRequestTagName", 400, trainer.create_tag, project, " ")
    other.name = ""
    refused("BadRequestTagName", 400, trainer.update_tag, project, other.id, other)
    other.name = "others"
    assert trainer.update_tag(project, other.id, other).name == "others"
    assert trainer.delete_tag(project, other.id) is None
    assert [tag.name for tag in trainer.get_tags(project)] == TAGS


def too_little_cannot_be_trained():
    message = refused(
        "BadRequestClassificationTrainingValidationFailed", 400, trainer.train_project, state["project"]
    )
    assert message == "Not enough images for training"


def images_come_as_files():
    entries = [
        ImageFileCreateEntry(name=path.name, contents=path.read_bytes(), tag_ids=[state["tags"][tag]])
        for tag in TAGS
        for path in files[tag][:12]
    ]
    summary = trainer.create_images_from_files(state["project"], ImageFileCreateBatch(images=entries))
    assert summary.is_batch_successful, [image.status for image in summary.images]
    assert [image.source_url for image in summary.images] == [entry.name for entry in entries]
    first = summary.images[0].image
    assert first.width > 0 and first.tags[0].tag_name == TAGS[0] and first.tags[0].created
    state["first"] = first.id


def each_image_is_judged_by_itself():
    known = files[TAGS[0]][0]
    tag = state["tags"][TAGS[0]]
    entries = [
        ImageFileCreateEntry(name="broken", contents=b"\xff\xd8\xff\xe0 no picture", tag_ids=[tag]),
        ImageFileCreateEntry(name="known", contents=known.read_bytes(), tag_ids=[tag]),
        ImageFileCreateEntry(name="large", contents=bytes(7 << 20), tag_ids=[tag]),
        ImageFileCreateEntry(name="lost", contents=files[TAGS[0]][12].read_bytes(), tag_ids=[NOBODY]),
    ]
    summary = trainer.create_images_from_files(state["project"], ImageFileCreateBatch(images=entries))
    assert not summary.is_batch_successful
    assert [image.status for image in summary.images] == [
        "ErrorImageFormat", "OKDuplicate", "ErrorImageSize", "ErrorInvalidTag",
    ]
    assert summary.images[1].image.id == state["first"] and summary.images[0].image is None
    refused(
        "BadRequestImageBatch", 400, trainer.create_images_from_files, state["project"],
        ImageFileCreateBatch(images=[]),
    )
    refused(
        "BadRequestExceededBatchSize", 400, trainer.create_images_from_files, state["project"],
        ImageFileCreateBatch(images=[entries[0]] * 65),
    )


def images_come_as_data():
    project, spare = state["project"], files["daisy"][12]
    with spare.open("rb") as stream:
        summary = trainer.create_images_from_data(project, stream, tag_ids=[state["tags"]["daisy"]])
    assert summary.is_batch_successful and len(summary.images) == 1
    state["spare"] = summary.images[0].image.id
    path = f"/customvision/v3.0/Training/projects/{project}/images"
    headers = {"Training-Key": training_key, "Content-Type": "application/octet-stream"}
    status, body = raw("POST", path, spare.read_bytes(), headers)
    assert status == 207 and json.loads(body)["images"][0]["status"] == "OKDuplicate", body
    for unknown in [NOBODY, "none"]:
        status, body = raw("POST", f"{path}?tagIds={unknown}", spare.read_bytes(), headers)
        assert status == 207 and json.loads(body)["images"][0]["status"] == "ErrorInvalidTag", body


def images_come_by_url():
    project, daisy = state["project"], state["tags"]["daisy"]
    paths = ["/renewed", "/new", "/gone", "/round", "/large", "/text", "/slow"]
    entries = [ImageUrlCreateEntry(url=away + path, tag_ids=[daisy]) for path in paths]
    entries += [ImageUrlCreateEntry(url=url) for url in ["ftp://127.0.0.1/a", "http://127.0.0.1:1/", "none"]]
    batch = ImageUrlCreateBatch(images=entries, metadata={"from": "afar"})
    summary = trainer.create_images_from_urls(project, batch)
    assert not summary.is_batch_successful
    statuses = [image.status for image in summary.images]
    assert statuses[:2] == ["OK", "OKDuplicate"], statuses
    assert statuses[2:] == [
        "ErrorSource", "ErrorSource", "ErrorImageSize", "ErrorImageFormat", "ErrorSource", "ErrorSource", "ErrorSource",
        "ErrorSource",
    ], statuses
    assert [image.source_url for image in summary.images] == [entry.url for entry in entries]
    image = summary.images[0].image
    assert image.tags[0].tag_name == "daisy"
    assert trainer.get_images_by_ids(project, [image.id])[0].metadata == {"from": "afar"}
    trainer.delete_images(project, image_ids=[image.id])
    refused(
        "BadRequestImageBatch", 400, trainer.create_images_from_urls, project, ImageUrlCreateBatch(images=[])
    )


def pictures_are_asked_about_by_url():
    from azure.cognitiveservices.vision.customvision.prediction import models

    project, url = state["project"], f"{away}/moved"
    assert trainer.quick_test_image_url(project, url, store=False).predictions[0].tag_name == "daisy"
    answer = predictor.classify_image_url_with_no_store(project, "my model/1", url)
    assert answer.predictions[0].tag_name == "daisy"
    before = len(trainer.query_predictions(project, {}).results)
    kept = predictor.classify_image_url(project, "my model/1", url, application="by url")
    assert len(trainer.query_predictions(project, {}).results) == before + 1
    trainer.delete_prediction(project, [kept.id])
    refused("BadRequestImageUrl", 400, trainer.quick_test_image_url, project, away + "/slow")
    for path, code in [
        ("/gone", "BadRequestImageUrl"), ("/round", "BadRequestImageUrl"), ("/large", "BadRequestImageSizeBytes"),
        ("/text", "BadRequestImageFormat"),
    ]:
        refused(code, 400, trainer.quick_test_image_url, project, away + path)
        try:
            predictor.classify_image_url(project, "my model/1", away + path)
        except models.CustomVisionErrorException as error:
            assert (error.error.code, error.response.status_code) == (code, 400), (path, error.error.code)
        else:
            raise AssertionError(f"{path} was not refused")
    refused("BadRequestImageUrl", 400, trainer.quick_test_image_url, project, "file:///etc/passwd")
    headers = {"Prediction-Key": prediction_key, "Content-Type": "application/json"}
    base = f"/customvision/v3.1/prediction/{project}/classify/iterations"
    status, body = raw("POST", f"{base}/my%20model%2F1/url", b"{}", headers)
    assert status == 400 and json.loads(body)["code"] == "BadRequestRequiredParamIsNull", body
    status, body = raw("POST", f"{base}/nobody/url", json.dumps({"url": url}).encode(), headers)
    assert status == 404 and json.loads(body)["message"] == "Invalid iteration", body


def images_are_listed():
    project = state["project"]
    images = trainer.get_images(project)
    assert len(images) == 25 and images[0].id == state["spare"]
    assert trainer.get_images(project, order_by="Oldest", take=1)[0].id == state["first"]
    assert [i.id for i in trainer.get_images(project, take=3, skip=2)] == [i.id for i in images[2:5]]
    daisies = trainer.get_tagged_images(project, tag_ids=[state["tags"]["daisy"]])
    assert len(daisies) == 13 and daisies[0].id == state["spare"]
    assert len(trainer.get_tagged_images(project, tag_ids=list(state["tags"].values()))) == 25
    assert trainer.get_untagged_images(project) == []
    assert [i.id for i in trainer.get_images_by_ids(project, [state["first"]])] == [state["first"]]
    refused("NotFoundImage", 404, trainer.get_images_by_ids, project, [NOBODY])
    assert trainer.get_images(project, skip=100) == []


def images_are_counted():
    project = state["project"]
    assert trainer.get_image_count(project) == 25
    assert trainer.get_tagged_image_count(project) == 25
    assert trainer.get_tagged_image_count(project, tag_ids=[state["tags"]["daisy"]]) == 13
    assert trainer.get_untagged_image_count(project) == 0
    assert trainer.get_tag(project, state["tags"]["daisy"]).image_count == 13


def pictures_need_no_key():
    image = trainer.get_images_by_ids(state["project"], [state["first"]])[0]
    for address in [image.original_image_uri, image.thumbnail_uri]:
        assert address.startswith(endpoint), address
    with urllib.request.urlopen(image.original_image_uri) as answer:
        assert answer.read() == files[TAGS[0]][0].read_bytes()
    with urllib.request.urlopen(image.thumbnail_uri) as answer:
        assert answer.read().startswith(b"\xff\xd8")


def tags_are_described():
    project = state["project"]
    tag = trainer.create_tag(project, "rose", description="red")
    assert tag.description == "red"
    tag.description, tag.type = "red or white", "Negative"
    changed = trainer.update_tag(project, tag.id, tag)
    assert (changed.description, changed.type) == ("red or white", "Negative")
    assert trainer.get_tag(project, tag.id).description == "red or white"
    trainer.delete_tag(project, tag.id)


def images_have_metadata():
    project, first, spare = state["project"], state["first"], state["spare"]
    summary = trainer.update_image_metadata(project, [first, spare], {"place": "garden", "it's": "a\tb"})
    assert summary.is_batch_successful and len(summary.images) == 2
    assert trainer.get_images_by_ids(project, [first])[0].metadata == {"place": "garden", "it's": "a\tb"}
    summary = trainer.update_image_metadata(project, [spare, NOBODY], {"place": "field"})
    assert [image.status for image in summary.images] == ["OK", "ErrorImageNotFound"]
    for condition, found in [
        ("metadata=place eq 'garden'", [first]), ("place ne 'garden'", None),
        ("place eq 'field' or place eq 'garden'", [spare, first]),
        ("'it''s' eq 'a\tb' and (place eq 'field')", [spare]),
    ]:
        images = [image.id for image in trainer.get_images(project, filter=condition)]
        assert images == found if found else len(images) == 24, (condition, images)
        assert trainer.get_image_count(project, filter=condition) == len(images)
    refused("BadRequestInvalid", 400, trainer.get_images, project, filter="place like 'x'")
    refused("BadRequestImageMetadataKey", 400, trainer.update_image_metadata, project, [first], {"k" * 257: ""})
    refused("BadRequestImageMetadataValue", 400, trainer.update_image_metadata, project, [first], {"k": "v" * 513})
    summary = trainer.update_image_metadata(project, [first], {f"key {number}": "" for number in range(49)})
    assert [image.status for image in summary.images] == ["ErrorLimitExceed"]
    assert len(trainer.get_images_by_ids(project, [first])[0].metadata) == 2


def tags_are_given_and_taken():
    project, spare = state["project"], state["spare"]
    daisy = state["tags"]["daisy"]
    assert trainer.delete_image_tags(project, [spare], [daisy]) is None
    assert [image.id for image in trainer.get_untagged_images(project)] == [spare]
    entries = [
        ImageTagCreateEntry(image_id=spare, tag_id=daisy),
        ImageTagCreateEntry(image_id=state["first"], tag_id=state["tags"][TAGS[0]]),
    ]
    summary = trainer.create_image_tags(project, entries)
    assert [pair.image_id for pair in summary.created] == [spare]
    assert [pair.image_id for pair in summary.duplicated] == [state["first"]]
    both = [ImageTagCreateEntry(image_id=spare, tag_id=state["tags"][tag]) for tag in ["daisy", "daffodil"]]
    summary = trainer.create_image_tags(project, both)
    assert summary.created == [] and [pair.tag_id for pair in summary.duplicated] == [daisy]
    assert [pair.tag_id for pair in summary.exceeded] == [state["tags"]["daffodil"]]
    assert [tag.tag_id for tag in trainer.get_images_by_ids(project, [spare])[0].tags] == [daisy]
    lost = [ImageTagCreateEntry(image_id=NOBODY, tag_id=daisy)]
    refused("NotFoundImage", 404, trainer.create_image_tags, project, lost)


def images_are_deleted():
    project = state["project"]
    assert trainer.delete_images(project, image_ids=[state["spare"]]) is None
    assert trainer.get_image_count(project) == 24


def project_is_trained():
    project = state["project"]
    iteration = trainer.train_project(project)
    assert iteration.status == "Training" and iteration.name == "Iteration 1"
    refused("BadRequestTrainingAlreadyInProgress", 400, trainer.train_project, project)
    refused(
        "BadRequestIterationIsNotTrained", 400, trainer.get_iteration_performance, project, iteration.id
    )
    deadline = time.monotonic() + 120
    while iteration.status == "Training" and time.monotonic() < deadline:
        time.sleep(0.1)
        iteration = trainer.get_iteration(project, iteration.id)
    assert iteration.status == "Completed", iteration.status
    assert iteration.trained_at and iteration.classification_type == "Multiclass"
    assert [found.id for found in trainer.get_iterations(project)] == [iteration.id]
    message = refused("BadRequestTrainingNotNeeded", 400, trainer.train_project, project)
    assert message == "Nothing changed since last training"
    refused("NotFoundIteration", 404, trainer.get_iteration, project, NOBODY)
    assert (iteration.training_type, iteration.reserved_budget_in_hours) == ("Regular", 0)
    told("Training", projectId=project, iterationId=iteration.id, trainingStatus="TrainingCompleted")
    assert len([message for message in heard if message["type"] == "ConnectionTest"]) == 2
    state["iteration"] = iteration.id


def some_tags_are_trained():
    project, tags = state["project"], state["tags"]
    extra = trainer.create_tag(project, "extra")
    iteration = trainer.train_project(
        project, force_train=True, selected_tags=list(tags.values()), training_type="Advanced",
        reserved_budget_in_hours=1,
        custom_base_model_info=CustomBaseModelInfo(project_id=project, iteration_id=state["iteration"]),
    )
    while trainer.get_iteration(project, iteration.id).status == "Training":
        time.sleep(0.1)
    done = trainer.get_iteration(project, iteration.id)
    assert done.status == "Completed"
    for one in (iteration, done):
        assert (one.training_type, one.reserved_budget_in_hours) == ("Advanced", 1)
        assert one.custom_base_model_info.iteration_id == state["iteration"]
        assert one.custom_base_model_info.project_id == project
    trainer.delete_iteration(project, iteration.id)
    trainer.delete_tag(project, extra.id)
    refused(
        "NotFoundIteration", 404, trainer.train_project, project, force_train=True,
        custom_base_model_info=CustomBaseModelInfo(project_id=project, iteration_id=NOBODY),
    )


def iteration_is_a_snapshot():
    project, iteration = state["project"], state["iteration"]
    images = trainer.get_images(project, iteration_id=iteration)
    tag = trainer.create_tag(project, "later")
    trainer.create_image_tags(project, [ImageTagCreateEntry(image_id=state["first"], tag_id=tag.id)])
    trainer.delete_images(project, image_ids=[images[0].id])
    then = trainer.get_images(project, iteration_id=iteration)
    assert [image.id for image in then] == [image.id for image in images]
    before = {image.id: [tag.tag_name for tag in image.tags] for image in images}
    assert {image.id: [tag.tag_name for tag in image.tags] for image in then} == before
    assert trainer.get_image_count(project, iteration_id=iteration) == 24
    assert trainer.get_tagged_image_count(project, iteration_id=iteration) == 24
    assert trainer.get_untagged_image_count(project, iteration_id=iteration) == 0
    assert trainer.get_tagged_image_count(project, iteration_id=iteration, tag_ids=[tag.id]) == 0
    assert trainer.get_untagged_images(project, iteration_id=iteration) == []
    assert len(trainer.get_tagged_images(project, iteration_id=iteration, take=5)) == 5
    assert trainer.get_images_by_ids(project, [images[0].id], iteration)[0].id == images[0].id
    assert [tag.name for tag in trainer.get_tags(project, iteration_id=iteration)] == TAGS
    daisy = state["tags"]["daisy"]
    assert trainer.get_tag(project, daisy, iteration_id=iteration).image_count == 12
    refused("NotFoundTag", 404, trainer.get_tag, project, tag.id, iteration)
    refused("NotFoundIteration", 404, trainer.get_images, project, NOBODY)
    trainer.delete_tag(project, tag.id)


def image_performances_are_told():
    project, iteration = state["project"], state["iteration"]
    assert trainer.get_image_performance_count(project, iteration) == 24
    judged = trainer.get_image_performances(project, iteration, order_by="Oldest", take=100)
    assert len(judged) == 24 and len({image.id for image in judged}) == 24
    assert all(abs(sum(p.probability for p in image.predictions) - 1) < 1e-4 for image in judged)
    daisy = state["tags"]["daisy"]
    assert trainer.get_image_performance_count(project, iteration, tag_ids=[daisy]) == 12
    some = trainer.get_image_performances(project, iteration, tag_ids=[daisy], take=3, skip=1)
    assert len(some) == 3


def tags_are_suggested():
    project, iteration = state["project"], state["iteration"]
    summary = trainer.create_images_from_data(project, files["daisy"][13].read_bytes())
    image = summary.images[0].image.id
    suggestion = trainer.suggest_tags_and_regions(project, iteration, [image])[0]
    assert suggestion.id == image and suggestion.predictions[0].tag_name == "daisy"
    assert 0 <= suggestion.prediction_uncertainty < 1
    query = {"tagIds": [], "threshold": 0.0, "maxCount": 1, "sortBy": "UncertaintyAscending"}
    pages = []
    while True:
        answer = trainer.query_suggested_images(project, iteration, query)
        pages += answer.results
        query = answer.token
        if not query.continuation:
            break
        # A place in the list of one iteration is none in another's.
        refused(
            "BadRequestInvalid", 400, trainer.query_suggested_images, project, iteration,
            {"session": NOBODY, "continuation": query.continuation},
        )
    untagged = {image.id for image in trainer.get_untagged_images(project)}
    assert {found.id for found in pages} == untagged and image in untagged
    assert pages[0].width > 0 and pages[0].domain == COMPACT
    daisy = state["tags"]["daisy"]
    counts = trainer.query_suggested_image_count(project, iteration, [daisy], 0.5)
    assert counts == {daisy: sum(p.predictions[0].tag_name == "daisy" for p in pages)}, counts
    trainer.delete_images(project, image_ids=list(untagged))


def performance_is_told():
    figures = trainer.get_iteration_performance(state["project"], state["iteration"], threshold=0.5)
    assert [tag.name for tag in figures.per_tag_performance] == TAGS
    assert 0.5 < figures.precision <= 1 and 0.5 < figures.average_precision <= 1
    strict = trainer.get_iteration_performance(state["project"], state["iteration"], threshold=1)
    assert strict.recall <= figures.recall and strict.average_precision == figures.average_precision


def iteration_is_named():
    project, iteration = state["project"], state["iteration"]
    assert trainer.update_iteration(project, iteration, "first").name == "first"


def iteration_is_published():
    project, iteration = state["project"], state["iteration"]
    refused("BadRequestInvalidPublishName", 400, trainer.publish_iteration, project, iteration, " ", "x")
    refused("BadRequestInvalidPublishTarget", 400, trainer.publish_iteration, project, iteration, "a", "")
    assert trainer.publish_iteration(project, iteration, "my model/1", "/any/resource") is True
    assert trainer.get_iteration(project, iteration).publish_name == "my model/1"
    refused("BadRequestIterationIsPublished", 400, trainer.delete_iteration, project, iteration)
    refused("BadRequestIterationIsPublished", 400, trainer.delete_project, project)


def pictures_are_classified():
    project, name = state["project"], "my%20model%2F1"
    bytes_ = files["daisy"][12].read_bytes()
    headers = {"Prediction-Key": prediction_key, "Content-Type": "application/octet-stream"}
    for version in ["v3.0", "v3.1"]:
        path = f"//customvision/{version}/Prediction/{project}/classify/iterations/{name}/image/nostore"
        status, body = raw("POST", path, bytes_, headers)
        assert status == 200, body
    for call in [predictor.classify_image_with_no_store, predictor.classify_image]:
        for data, application in [(bytes_, "shop"), (io.BytesIO(bytes_), None)]:
            answer = call(project, "my model/1", data, application=application)
            assert answer.project == project and answer.iteration == state["iteration"]
            assert answer.predictions[0].tag_name == "daisy", answer.predictions[0].tag_name
            assert abs(sum(p.probability for p in answer.predictions) - 1) < 1e-4
            assert len(answer.predictions) == len(TAGS)
    refused_prediction("NotFoundIteration", 404, project, "nobody", bytes_)
    refused_prediction("BadRequestImageFormat", 400, project, "my model/1", b"no picture")
    refused_prediction("BadRequestImageSizeBytes", 400, project, "my model/1", bytes(5 << 20))


def refused_prediction(code, status, *arguments, call=predictor.classify_image_with_no_store):
    from azure.cognitiveservices.vision.customvision.prediction import models

    try:
        call(*arguments)
    except models.CustomVisionErrorException as error:
        assert (error.error.code, error.response.status_code) == (code, status), error.error.code
        return
    raise AssertionError("the picture was not refused")


def pictures_are_tried():
    with files["daisy"][12].open("rb") as stream:
        answer = trainer.quick_test_image(state["project"], stream)
    assert answer.predictions[0].tag_name == "daisy"


def what_was_asked_is_kept():
    project = state["project"]
    query = {"orderBy": "Newest", "maxCount": 2}
    kept = []
    while True:
        answer = trainer.query_predictions(project, query)
        kept += answer.results
        query = answer.token
        if not query.continuation:
            break
    # Two classifications and one trial; those without store are not among them.
    assert len(kept) == 3 and kept[0].created >= kept[-1].created
    assert kept[0].predictions[0].tag_name == "daisy" and kept[0].domain == COMPACT
    with urllib.request.urlopen(kept[0].original_image_uri) as answer:
        assert answer.read() == files["daisy"][12].read_bytes()
    with urllib.request.urlopen(kept[0].thumbnail_uri) as answer:
        assert answer.read().startswith(b"\xff\xd8")
    daisy = state["tags"]["daisy"]
    other = next(tag for name, tag in state["tags"].items() if name != "daisy")
    for tags, count in [
        ([{"id": daisy, "minThreshold": 0.5}], 3), ([{"id": other, "minThreshold": 0.5}], 0),
        ([{"id": daisy, "minThreshold": 0.5}, {"id": other, "maxThreshold": 0.5}], 3),
    ]:
        assert len(trainer.query_predictions(project, {"tags": tags}).results) == count
    assert len(trainer.query_predictions(project, {"orderBy": "Suggested"}).results) == 3
    assert len(trainer.query_predictions(project, {"application": "shop"}).results) == 1
    assert trainer.query_predictions(project, {"endTime": "2020-01-01T00:00:00.1234567Z"}).results == []
    assert trainer.query_predictions(project, {"iterationId": NOBODY}).results == []
    invalid = "BadRequestPredictionInvalidQueryParameters"
    for query in [{"orderBy": "Odd"}, {"session": "x"}, {"continuation": "x"}, {"maxCount": -1}]:
        refused(invalid, 400, trainer.query_predictions, project, query)
    many = [{"id": daisy}] * 3
    refused("BadRequestPredictionTagsExceededCount", 400, trainer.query_predictions, project, {"tags": many})
    state["kept"] = [prediction.id for prediction in kept]


def predictions_become_images():
    project, kept = state["project"], state["kept"]
    entries = [{"id": kept[0], "tagIds": [state["tags"]["daisy"]]}, {"id": NOBODY}]
    summary = trainer.create_images_from_predictions(project, {"images": entries})
    assert [image.status for image in summary.images][1] == "ErrorSource"
    image = summary.images[0].image
    assert image.tags[0].tag_name == "daisy" and image.width > 0
    assert kept[0] not in [p.id for p in trainer.query_predictions(project, {}).results]
    assert trainer.delete_prediction(project, kept[1:]) is None
    assert trainer.query_predictions(project, {}).results == []
    status, body = raw("GET", f"/asked/{kept[1]}/original")
    assert status == 404 and json.loads(body)["code"] == "NotFoundImage", body
    headers = {"Training-Key": training_key}
    path = f"/customvision/v3.3/training/projects/{project}/predictions"
    status, body = raw("DELETE", path, None, headers)
    assert status == 400 and json.loads(body)["code"] == "BadRequestPredictionIdsMissing", body
    status, body = raw("DELETE", path + "?ids=" + ",".join([NOBODY] * 65), None, headers)
    assert json.loads(body)["code"] == "BadRequestPredictionIdsExceededCount", body


def model_is_exported():
    project, iteration = state["project"], state["iteration"]
    assert trainer.get_iteration(project, iteration).exportable_to == ["ONNX"]
    assert trainer.get_exports(project, iteration) == []
    export = trainer.export_iteration(project, iteration, "ONNX", flavor="ONNX12")
    assert (export.status, export.platform, export.flavor) == ("Exporting", "ONNX", "ONNX12")
    message = refused(
        "BadRequestExportAlreadyInProgress", 400, trainer.export_iteration, project, iteration, "ONNX", flavor="ONNX12"
    )
    assert "is already queued for export" in message
    while export.status == "Exporting":
        time.sleep(0.1)
        export = trainer.get_exports(project, iteration)[0]
    assert export.status == "Done" and export.flavor == "ONNX12", export.status
    told(
        "Export", projectId=project, iterationId=iteration, exportStatus="ExportCompleted",
        modelUri=export.download_uri,
    )
    with urllib.request.urlopen(export.download_uri) as answer:
        package = zipfile.ZipFile(io.BytesIO(answer.read()))
    assert package.testzip() is None
    assert {"model.onnx", "labels.txt", "cvexport.manifest"} <= set(package.namelist())
    assert package.read("labels.txt").decode().splitlines() == TAGS
    assert json.loads(package.read("cvexport.manifest"))["IterationId"] == iteration
    code = "BadRequestExportValidationFailed"
    for platform, flavor in [("CoreML", None), ("ONNX", "Linux")]:
        refused(code, 400, trainer.export_iteration, project, iteration, platform, flavor=flavor)
    status, body = raw("GET", f"/exports/{iteration}/../library.sqlite")
    assert status == 404 and json.loads(body)["code"] == "NotFound", body


def project_is_copied():
    project = state["project"]
    export = trainer.export_project(project)
    count = trainer.get_image_count(project)
    assert export.image_count == count and export.tag_count == len(TAGS)
    copy = trainer.import_project(export.token, "copy")
    assert copy.name == "copy" and trainer.get_project(copy.id).status == "Succeeded"
    assert trainer.get_image_count(copy.id) == count
    tags = {tag.name: tag.image_count for tag in trainer.get_tags(copy.id)}
    assert tags == {tag.name: tag.image_count for tag in trainer.get_tags(project)}
    assert trainer.import_project(export.token).name == "flowers 2"
    for name in ["copy", "flowers 2"]:
        trainer.delete_project(next(p.id for p in trainer.get_projects() if p.name == name))
    refused("BadRequestInvalidImportToken", 400, trainer.import_project, "token")


def artifacts_are_given():
    project = state["project"]
    image = trainer.get_images(project)[0]
    path = image.thumbnail_uri.removeprefix(endpoint)
    assert b"".join(trainer.get_artifact(project, path)).startswith(b"\xff\xd8")
    # The SDK knows no error model for this operation.
    headers = {"Training-Key": training_key}
    for where, name, code in [
        (state["plain"], path, "NotFoundImage"), (project, "../library.sqlite", "NotFound"),
    ]:
        address = f"/customvision/v3.3/training/projects/{where}/artifacts?path={name}"
        status, body = raw("GET", address, None, headers)
        assert status == 404 and json.loads(body)["code"] == code, body


def iteration_is_withdrawn():
    project, iteration = state["project"], state["iteration"]
    assert trainer.unpublish_iteration(project, iteration) is None
    refused("BadRequestIterationNotPublished", 400, trainer.unpublish_iteration, project, iteration)
    assert trainer.delete_iteration(project, iteration) is None
    assert trainer.get_iterations(project) == []


def all_images_are_deleted():
    assert trainer.delete_images(state["project"], all_images=True) is None
    assert trainer.get_image_count(state["project"]) == 0


def project_is_deleted():
    assert trainer.delete_project(state["project"]) is None
    refused("NotFoundProject", 404, trainer.get_project, state["project"])
    assert [project.id for project in trainer.get_projects()] == [state["plain"]]


def nothing_is_at_other_paths():
    status, body = raw("GET", "/nowhere")
    assert status == 404 and json.loads(body)["code"] == "NotFound", body
    headers = {"Training-Key": training_key}
    status, body = raw("PUT", "/customvision/v3.3/training/projects", b"", headers)
    assert status == 405 and json.loads(body)["code"], body


def detection_is_refused():
    project = state["plain"]
    refused("BadRequestUnsupportedDomain", 400, trainer.delete_image_regions, project, [NOBODY])
    refused("BadRequestUnsupportedDomain", 400, trainer.get_image_region_proposals, project, NOBODY)
    refused("BadRequestUnsupportedDomain", 400, trainer.create_image_regions, project, [])
    for call in [predictor.detect_image, predictor.detect_image_with_no_store]:
        refused_prediction("BadRequestUnsupportedDomain", 400, project, "any", b"picture", call=call)
    for call in [predictor.detect_image_url, predictor.detect_image_url_with_no_store]:
        refused_prediction("BadRequestUnsupportedDomain", 400, project, "any", "http://x/", call=call)


def server_describes_itself():
    status, body = raw("GET", "/openapi.json")
    paths = json.loads(body)["paths"]
    create = paths["/customvision/v3.3/training/projects"]["post"]
    assert status == 200 and create["operationId"] == "CreateProject"
    status, body = raw("GET", "/metrics")
    lines = body.decode().splitlines()
    assert status == 200 and 'tagbench_requests_total{operation="CreateProject",status="200"} 2' in lines, lines
    count = next(int(line.split()[1]) for line in lines if line.startswith("tagbench_request_seconds_count"))
    infinite = next(int(line.split()[1]) for line in lines if 'le="+Inf"' in line)
    assert count == infinite > 100


def health_needs_no_key():
    assert raw("GET", "/health") == (200, b'{"status":"ok"}')


STEPS = [
    health_needs_no_key, keys_are_asked_for, domains_are_those_of_the_service, project_is_made,
    project_is_changed, tags_are_made, too_little_cannot_be_trained, images_come_as_files,
    each_image_is_judged_by_itself, images_come_by_url, images_come_as_data, images_are_listed, images_are_counted,
    pictures_need_no_key, tags_are_described, images_have_metadata, tags_are_given_and_taken,
    images_are_deleted, project_is_trained, performance_is_told, image_performances_are_told,
    some_tags_are_trained, iteration_is_a_snapshot, tags_are_suggested, iteration_is_named,
    iteration_is_published, pictures_are_classified, pictures_are_asked_about_by_url, pictures_are_tried,
    what_was_asked_is_kept, predictions_become_images, model_is_exported, project_is_copied, artifacts_are_given, iteration_is_withdrawn,
    all_images_are_deleted, project_is_deleted, nothing_is_at_other_paths, detection_is_refused,
    server_describes_itself,
]

for step in STEPS:
    step()
    print(step.__name__, flush=True)
print("done")
