<?php

/** Reads the inbox until it is empty, and answers what the recipients ask: php read.php ANSWERS JOURNAL */

declare(strict_types=1);

require __DIR__ . '/vendor/autoload.php';

use Aws\Sqs\SqsClient;

const ACTION_NEEDED = 'chorus-relay.invoice.action-needed.v1';
const PARTS = ['id', 'subject', 'type', 'data'];

if ($argc !== 3) {
    fwrite(STDERR, "php read.php ANSWERS JOURNAL\n");
    exit(1);
}
[, $answers, $journalFile] = $argv;
$sqs = new SqsClient(awsSettings());
$inbox = setting('RELAY_ERP_INBOX_QUEUE_URL');
$journal = new Journal($journalFile);

/** Null if it is not an event: it stays in the queue, until SQS moves it to the dead letters. */
function eventIn(array $message): ?array
{
    $event = json_decode($message['Body'], true);
    if (is_array($event) && array_diff(PARTS, array_keys($event)) === [] && is_array($event['data'])) {
        return $event;
    }
    fwrite(STDERR, "not an event: message {$message['MessageId']}\n");
    return null;
}

/** Sends the command that the event names. What it says is in a file; without one, a person has to decide. */
function answer(array $event, string $answers, SqsClient $sqs): void
{
    $data = $event['data'];
    // Absent if no command helps: what is to be done is in the message, for a person.
    $type = $data['status']['answer'] ?? null;
    $template = "{$answers}/{$type}.json";
    if ($type === null || !is_file($template)) {
        $wanted = $type === null ? '' : " ({$type})";
        echo "{$event['subject']} waits for a person{$wanted}: {$data['message']['fr']}\n";
        return;
    }
    $command = json_decode(file_get_contents($template), true, flags: JSON_THROW_ON_ERROR);
    $command['connection'] = $data['connection'];
    $command['supplier'] = ['siret' => $data['supplier']];
    $command['invoice'] = ['number' => $data['number'], 'issueDate' => $data['issueDate']];
    $sqs->sendMessage([
        'QueueUrl' => setting('RELAY_INVOICES_QUEUE_URL'),
        'MessageBody' => json_encode($command, JSON_THROW_ON_ERROR),
        'MessageGroupId' => $data['connection'],
    ]);
    echo "{$event['subject']} answered with {$type}\n";
}

$changed = [];
$failed = false;
while (true) {
    // With any wait, SQS asks all of its servers.
    $received = $sqs->receiveMessage(['QueueUrl' => $inbox, 'MaxNumberOfMessages' => 10, 'WaitTimeSeconds' => 2]);
    $messages = $received['Messages'] ?? [];
    if ($messages === []) {
        break;
    }
    $events = array_filter(array_map('eventIn', $messages));
    $fresh = array_filter($events, $journal->place(...));
    // One after the other: what goes wrong with one stops no other.
    foreach ($fresh as $event) {
        try {
            // An older event that comes late asks for nothing any more.
            if ($event['type'] === ACTION_NEEDED && $journal->isNewest($event)) {
                answer($event, $answers, $sqs);
            }
            // If this program is killed before, the event comes again, and is answered again. A second answer does no
            // harm: the relay refuses it if the first has taken effect.
            $journal->save($event);
            $changed[$event['subject']] = true;
        } catch (Throwable $error) {
            $journal->forget($event);
            $failed = true;
            fwrite(STDERR, "{$event['subject']} could not be processed: {$error->getMessage()}\n");
        }
    }
    // Only now: what is not processed comes again.
    $entries = [];
    foreach (array_keys(array_filter($events, $journal->has(...))) as $i) {
        $entries[] = ['Id' => (string) $i, 'ReceiptHandle' => $messages[$i]['ReceiptHandle']];
    }
    if ($entries !== []) {
        $sqs->deleteMessageBatch(['QueueUrl' => $inbox, 'Entries' => $entries]);
    }
}

ksort($changed);
foreach (array_keys($changed) as $subject) {
    echo "{$subject}\n";
    foreach ($journal->history($subject) as $event) {
        $sequence = Journal::sequenceOf($event);
        echo "  {$sequence} {$event['type']}: {$event['data']['message']['fr']}\n";
    }
}
exit($failed ? 1 : 0);
