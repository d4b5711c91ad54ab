"""Files in an S3-compatible store, tried against an emulator on loopback."""

import json
import os
import subprocess
import sys

import pytest

pytest.importorskip("moto.server", reason="the emulator of S3 (moto) is not installed")
pytest.importorskip("storages", reason="django-storages is not installed")

from moto.server import ThreadedMotoServer

TRIAL = """
import json, boto3, django
django.setup()
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage as store
from django.test import RequestFactory
from proposals.filing.views.files import file_answer
from proposals.filing.zipping import Entry, zipped
from proposals.management import stored
from proposals.models import Attachment
from django.utils import timezone

where = settings.STORAGES["default"]["OPTIONS"]
boto3.client("s3", endpoint_url=where["endpoint_url"]).create_bucket(Bucket="berkas")
paper = Attachment(name="rab.pdf", content_type="application/pdf")
paper.file.save("acak.pdf", ContentFile(b"%PDF-1.7 isi"), save=False)
again = store.save("attachments/acak.pdf", ContentFile(b"lain"))

def answered(**headers):
    request = RequestFactory().get("/", headers=headers)
    answer = file_answer(request, paper.file, paper.name, paper.content_type, "ab")
    return answer.status_code, b"".join(answer.streaming_content).decode()

sent = []
store.connection.meta.client.meta.events.register(
    "after-call.s3.GetObject", lambda parsed, **_rest: sent.append(parsed["ContentLength"])
)

told = {
    "kept": paper.file.name,
    "clash": again != paper.file.name,
    "whole": answered(),
    "range": answered(range="bytes=9-"),
    "sent": list(sent),
    "zip": b"".join(zipped([Entry("1.pdf", timezone.now(), paper.file)]))[:2].decode(),
    "names": len(list(stored.names())),
    "young": store.get_modified_time(paper.file.name) <= timezone.now(),
}
paper.file.delete(save=False)
told["gone"] = store.exists("attachments/acak.pdf")
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def emulator():
    server = ThreadedMotoServer(port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


def run(code, **variables):
    """Run a program with the portal's own settings, in a process of its own."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("RAKORTEK_")}
    return subprocess.run(
        [sys.executable, "-c", code],
        env=bare | {"DJANGO_SETTINGS_MODULE": "rakortek.settings"} | variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_files_are_kept_read_in_ranges_listed_and_deleted(emulator, tmp_path):
    done = run(
        TRIAL,
        RAKORTEK_VAR=str(tmp_path),
        RAKORTEK_S3_BUCKET="berkas",
        RAKORTEK_S3_ENDPOINT=emulator,
        RAKORTEK_S3_REGION="us-east-1",
        AWS_ACCESS_KEY_ID="contoh",
        AWS_SECRET_ACCESS_KEY="contoh",
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "kept": "attachments/acak.pdf",
        "clash": True,
        "whole": [200, "%PDF-1.7 isi"],
        "range": [206, "isi"],
        "sent": [12, 3],
        "zip": "PK",
        "names": 2,
        "young": True,
        "gone": False,
    }


def test_without_its_packages_the_start_stops_with_one_line(tmp_path):
    hidden = "import sys, importlib.util as u; real = u.find_spec\n"
    hidden += "u.find_spec = lambda name: None if name == 'storages' else real(name)\n"
    hidden += "import rakortek.settings"
    done = run(hidden, RAKORTEK_VAR=str(tmp_path), RAKORTEK_S3_BUCKET="berkas")
    assert (done.returncode, done.stderr.strip().splitlines()[-1]) == (
        1,
        "Rakortek: RAKORTEK_S3_BUCKET needs the packages of requirements-s3.txt.",
    )
