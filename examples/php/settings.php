<?php

declare(strict_types=1);

/** Where the relay is: an environment variable. The AWS SDK reads its own. */
function setting(string $name): string
{
    return getenv($name) ?: throw new RuntimeException("set {$name}");
}

/** What each client of the AWS SDK is given. */
function awsSettings(): array
{
    return ['region' => setting('AWS_REGION')];
}
