using Erp;

switch (args)
{
    case ["send", var command, var paper]:
        await Send.RunAsync(command, paper);
        return 0;
    case ["read", var answers, var journal]:
        return await new Read(answers, new Journal(journal)).RunAsync() ? 0 : 1;
    default:
        Console.Error.WriteLine("dotnet run -- send COMMAND.json PAPER\ndotnet run -- read ANSWERS JOURNAL");
        return 1;
}
