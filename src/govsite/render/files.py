"""Files as they are offered: name, type, size."""

from __future__ import annotations

from govsite.extend.views import FileView
from govsite.model.addresses import file_path
from govsite.model.values import Attachment


def size_words(size: int) -> str:
    """`24 KB` from bytes; one decimal from a megabyte on."""
    if size < 1024:
        return f"{max(size, 0)} B"
    if size < 1024 * 1024:
        return f"{(size + 1023) // 1024} KB"
    return f"{size / (1024 * 1024):.1f} MB"


def file_view(attachment: Attachment) -> FileView:
    """An attachment as it is offered for download."""
    return FileView(
        attachment.name, file_path(attachment.path), attachment.suffix.upper(), size_words(attachment.size)
    )
