"""Uploads a paper and sends an invoice with it: python send.py COMMAND.json PAPER"""

import json
import os
import sys
from pathlib import Path

import boto3

if len(sys.argv) != 3:
    sys.exit(__doc__)
command = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
paper = Path(sys.argv[2])
connection = os.environ["RELAY_CONNECTION"]

# The relay reads only the folder of the connection. The invoice's number keeps papers of one name apart.
key = f"incoming/{connection}/{command['invoice']['number']}/{paper.name}"
boto3.client("s3").put_object(Bucket=os.environ["RELAY_DOCUMENTS_BUCKET"], Key=key, Body=paper.read_bytes())

command["connection"] = connection
command["document"] = {"name": paper.name, "key": key}

# Without a reply, send it again: the relay recognises the invoice. With the connection as the message's group, no
# connection waits for another's backlog.
sent = boto3.client("sqs").send_message(
    QueueUrl=os.environ["RELAY_INVOICES_QUEUE_URL"], MessageBody=json.dumps(command), MessageGroupId=connection
)
print(command["invoice"]["number"], "sent as the message", sent["MessageId"])
