"""S3-compatible storage as a place to publish to. The only door to boto3, which `govsite[s3]` brings along.

Objects are written whole; there are no links and no switch. Credentials come from where boto3 looks for them.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from govsite.files.digest import sha256_of
from govsite.problems.problem import Problem
from govsite.publish.failure import PublishError, StoreError
from govsite.publish.store import Done, Upload

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".xml": "application/xml",
    ".svg": "image/svg+xml",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}
_LASTING = "public, max-age=31536000, immutable"
_CHECKED = "no-cache"
_MISSING = frozenset({"404", "NoSuchKey", "NotFound"})
_BATCH = 1000


class S3Store:
    """A bucket, or a part of one."""

    exactness = "content"

    def __init__(self, bucket: str, prefix: str, endpoint: str) -> None:
        try:
            import boto3
        except ImportError:
            raise PublishError(Problem.at("PUB308", None, tool="boto3")) from None
        self._bucket = bucket
        self._prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
        self._client: Any = boto3.client("s3", endpoint_url=endpoint or None)

    def read(self, path: str) -> bytes | None:
        """See `Store`."""
        body: bytes | None = None
        with _failing(path, allow=True):
            body = self._client.get_object(Bucket=self._bucket, Key=self._prefix + path)["Body"].read()
        return body  # noqa: RET504 - what is missing leaves the block above early

    def write(self, path: str, content: bytes) -> None:
        """See `Store`."""
        with _failing(path):
            self._put(path, content)

    def create(self, path: str, content: bytes) -> bool:
        """See `Store`: a conditional write; storage that does not know it is asked first."""
        from botocore.exceptions import ClientError

        if self.read(path) is not None:
            return False
        try:
            self._put(path, content, IfNoneMatch="*")
        except ClientError as error:
            if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") in {409, 412}:
                return False
            raise StoreError(path, str(error)) from error
        return True

    def put(self, files: Sequence[Upload], done: Done) -> None:
        """See `Store`."""
        for file in files:
            with _failing(file.path):
                self._put(file.path, file.source.read_bytes())
            done(file.path)

    def remove(self, paths: Sequence[str]) -> None:
        """See `Store`."""
        for start in range(0, len(paths), _BATCH):
            keys = [{"Key": self._prefix + path} for path in paths[start : start + _BATCH]]
            with _failing(paths[start]):
                answer = self._client.delete_objects(
                    Bucket=self._bucket, Delete={"Objects": keys, "Quiet": True}
                )
                for error in answer.get("Errors", ()):
                    raise StoreError(str(error.get("Key", "")), str(error.get("Message", "")))

    def differing(self, expected: Sequence[tuple[str, str, int]]) -> list[str]:
        """See `Store`: the digest was stored with each object; the size is the storage's own word."""
        return [path for path, sha256, size in expected if self._fact(path) != (sha256, size)]

    def sweep(self) -> None:
        """See `Store`: nothing is left half-written."""

    def close(self) -> None:
        """See `Store`."""
        self._client.close()

    def _fact(self, path: str) -> tuple[str, int]:
        fact = ("", -1)
        with _failing(path, allow=True):
            head = self._client.head_object(Bucket=self._bucket, Key=self._prefix + path)
            fact = (str(head.get("Metadata", {}).get("sha256", "")), int(head["ContentLength"]))
        return fact  # noqa: RET504 - as above

    def _put(self, path: str, content: bytes, **words: str) -> None:
        suffix = path[path.rfind(".") :]
        kind = _TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
        self._client.put_object(
            Bucket=self._bucket,
            Key=self._prefix + path,
            Body=content,
            ContentType=kind,
            CacheControl=_LASTING if path.startswith("assets/") else _CHECKED,
            Metadata={"sha256": sha256_of(content)},
            **words,
        )


@contextmanager
def _failing(path: str, *, allow: bool = False) -> Iterator[None]:
    """Errors of boto3 as `StoreError`. allow: an object that is not there is none."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as error:
        if not (allow and error.response.get("Error", {}).get("Code") in _MISSING):
            raise StoreError(path, str(error)) from error
    except BotoCoreError as error:
        raise StoreError(path, str(error)) from error
