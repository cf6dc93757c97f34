<?php

/** Uploads a paper and sends an invoice with it: php send.php COMMAND.json PAPER */

declare(strict_types=1);

require __DIR__ . '/vendor/autoload.php';

use Aws\S3\S3Client;
use Aws\Sqs\SqsClient;

if ($argc !== 3) {
    fwrite(STDERR, "php send.php COMMAND.json PAPER\n");
    exit(1);
}
[, $commandFile, $paper] = $argv;
$command = json_decode(file_get_contents($commandFile), true, flags: JSON_THROW_ON_ERROR);
$connection = setting('RELAY_CONNECTION');
$number = $command['invoice']['number'];
$name = basename($paper);

// The relay reads only the folder of the connection. The invoice's number keeps papers of one name apart.
$key = "incoming/{$connection}/{$number}/{$name}";
(new S3Client(awsSettings()))->putObject([
    'Bucket' => setting('RELAY_DOCUMENTS_BUCKET'),
    'Key' => $key,
    'SourceFile' => $paper,
]);

$command['connection'] = $connection;
$command['document'] = ['name' => $name, 'key' => $key];

// Without a reply, send it again: the relay recognises the invoice. With the connection as the message's group, no
// connection waits for another's backlog.
$sent = (new SqsClient(awsSettings()))->sendMessage([
    'QueueUrl' => setting('RELAY_INVOICES_QUEUE_URL'),
    'MessageBody' => json_encode($command, JSON_THROW_ON_ERROR),
    'MessageGroupId' => $connection,
]);
echo "{$number} sent as the message {$sent['MessageId']}\n";
