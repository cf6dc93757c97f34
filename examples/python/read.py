"""Reads the inbox until it is empty, and answers what the recipients ask: python read.py ANSWERS JOURNAL"""

import json
import os
import sys
from collections import defaultdict
from pathlib import Path

import boto3

ACTION_NEEDED = "chorus-relay.invoice.action-needed.v1"

sqs = boto3.client("sqs")


class Journal:
    """Every event once, and those of one subject in their order. The file has one event a line, as they came."""

    def __init__(self, path):
        self.path = path
        self.ids = set()
        self.subjects = defaultdict(list)
        if path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                self.place(json.loads(line))

    def place(self, event):
        """Whether the event is new."""
        if event["id"] in self.ids:
            return False
        self.ids.add(event["id"])
        history = self.subjects[event["subject"]]
        history.append(event)
        history.sort(key=sequence_of)
        return True

    def newest(self, subject):
        return self.subjects[subject][-1]

    def save(self, events):
        with self.path.open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(event, ensure_ascii=False) + "\n" for event in events)


def sequence_of(event):
    """A reminder to renew a credential has none."""
    return event["data"].get("sequence", 0)


def event_in(message):
    """None if it is not an event: it stays in the queue, until SQS moves it to the dead letters."""
    try:
        event = json.loads(message["Body"])
        if {"id", "subject", "type", "data"} <= event.keys():
            return event
    except (ValueError, AttributeError):
        pass
    print("not an event: message", message["MessageId"], file=sys.stderr)
    return None


def answer(event, answers):
    """Sends the command that the event names. What it says is in a file; without one, a person has to decide."""
    data = event["data"]
    command_type = data["status"]["answer"]
    template = answers / f"{command_type}.json"
    if not template.exists():
        print(event["subject"], "waits for a person:", command_type)
        return
    command = json.loads(template.read_text(encoding="utf-8"))
    command["connection"] = data["connection"]
    command["invoice"] = {"number": data["number"], "issueDate": data["issueDate"]}
    sqs.send_message(
        QueueUrl=os.environ["RELAY_INVOICES_QUEUE_URL"],
        MessageBody=json.dumps(command),
        MessageGroupId=data["connection"],
    )
    print(event["subject"], "answered with", command_type)


def process(events, journal, answers):
    fresh = [event for event in events if journal.place(event)]
    for event in fresh:
        # An older event that comes late asks for nothing any more.
        if event["type"] == ACTION_NEEDED and journal.newest(event["subject"]) is event:
            answer(event, answers)
    # Saved last: if this program is killed before, the events come again, and are answered again. A second answer does
    # no harm: the relay refuses it if the first has taken effect.
    journal.save(fresh)
    return {event["subject"] for event in fresh}


def main(answers, journal):
    inbox = os.environ["RELAY_ERP_INBOX_QUEUE_URL"]
    changed = set()
    # With any wait, SQS asks all of its servers.
    while messages := sqs.receive_message(QueueUrl=inbox, MaxNumberOfMessages=10, WaitTimeSeconds=2).get("Messages"):
        read = [(message, event) for message in messages if (event := event_in(message))]
        changed |= process([event for _, event in read], journal, answers)
        # Only now: what is not processed comes again.
        if read:
            entries = [
                {"Id": str(i), "ReceiptHandle": message["ReceiptHandle"]} for i, (message, _) in enumerate(read)
            ]
            sqs.delete_message_batch(QueueUrl=inbox, Entries=entries)
    for subject in sorted(changed):
        print(subject)
        for event in journal.subjects[subject]:
            print(f"  {sequence_of(event)} {event['type']}: {event['data']['message']['fr']}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Journal(Path(sys.argv[2])))
