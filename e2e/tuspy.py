"""Sends a file by tuspy, a client of tus that is not ours: python tuspy.py ENDPOINT COOKIE FILE STORAGE.

Where the upload is is kept in STORAGE, so that a second run goes on where the first was killed. Each line it prints is an offset.
"""

import sys

from tusclient.client import TusClient
from tusclient.storage.filestorage import FileStorage

endpoint, cookie, path, storage = sys.argv[1:]
client = TusClient(endpoint, headers={"Cookie": cookie})
uploader = client.uploader(
    path,
    chunk_size=256 * 1024,
    metadata={"filename": "از پایتون.pdf"},
    store_url=True,
    url_storage=FileStorage(storage),
    retries=5,
    retry_delay=1,
    upload_checksum=True,
)
print(uploader.offset, flush=True)
while uploader.offset < uploader.get_file_size():
    uploader.upload_chunk()
    print(uploader.offset, flush=True)
