using System.Reflection;

namespace VirtLatency.Shell;

/// <summary>The shell's entry: options to a session, a session's end to an exit code.</summary>
public static class ShellProgram
{
    /// <summary>Exit code for wrong arguments and scripts that do not exist, as pwsh has it.</summary>
    public const int UsageExitCode = 64;

    private const string Help = """
        VirtLatency.Shell: the VirtLatency module on the PowerShell engine, for machines without pwsh.

          VirtLatency.Shell                          interactive
          VirtLatency.Shell SCRIPT.ps1 [ARGUMENTS]   runs a script
          VirtLatency.Shell -File SCRIPT.ps1 [ARGUMENTS]
          VirtLatency.Shell -Command TEXT            runs a text; '-' reads it from standard input
          VirtLatency.Shell --version | --help

        It has the engine, the VirtLatency module and the everyday cmdlets that its examples use. The full
        PowerShell, with everything else, is at https://github.com/PowerShell/PowerShell (Linux package: powershell).
        """;

    /// <summary>Runs the shell.</summary>
    /// <param name="args">The command line.</param>
    /// <returns>The process's exit code.</returns>
    public static int Run(string[] args)
    {
        ShellOptions options = ShellOptions.Parse(args);
        switch (options.Mode)
        {
            case ShellMode.Help:
                Console.Out.WriteLine(Help);
                return 0;
            case ShellMode.Version:
                Console.Out.WriteLine(VersionText());
                return 0;
            case ShellMode.Wrong:
                Console.Error.WriteLine(options.Text);
                Console.Error.WriteLine("Try --help.");
                return UsageExitCode;
        }

        using var session = new ShellSession(new ConsoleTerminal());
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            session.Interrupt();
        };
        return options.Mode switch
        {
            ShellMode.File => session.RunFile(options.Text, options.Arguments),
            ShellMode.Command => session.RunCommand(options.Text == "-" ? Console.In.ReadToEnd() : options.Text),
            _ => session.RunInteractive(Console.In),
        };
    }

    private static string VersionText()
    {
        string own = typeof(ShellProgram).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "?";
        string engine = typeof(System.Management.Automation.PowerShell).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+', ' ')[0] ?? "?";
        return $"VirtLatency.Shell {own}, PowerShell engine {engine}";
    }
}
