using VirtLatency.HelpCompiler;

if (args.Length != 3)
{
    Console.Error.WriteLine("usage: VirtLatency.HelpCompiler <folder with one Markdown page per cmdlet> <module manifest> <help file to write>");
    return 2;
}

try
{
    IReadOnlyList<CommandShape> commands = CommandShape.OfModule(args[1]);
    var pages = commands.Select(command => HelpPage.Read(Path.Combine(args[0], command.Name + ".md"))).ToList();
    Directory.CreateDirectory(Path.GetDirectoryName(args[2])!);
    MamlWriter.Write(args[2], commands.Zip(pages));
    Console.WriteLine($"help: {pages.Count} pages -> {args[2]}");
    return 0;
}
catch (HelpPageException e)
{
    // The form that build tools show as an error with a position.
    Console.Error.WriteLine($"{e.Path}(1,1): error HELP001: {e.Message}");
    return 1;
}
