using VirtLatency.Tests.CpuIdle.Boot;

/// <summary>
/// Runs before the program when this assembly is named in DOTNET_STARTUP_HOOKS: a test starts it so in a process of its
/// own, to be killed there. The runtime wants this name, and no namespace.
/// </summary>
#pragma warning disable CA1050, MA0047
internal static class StartupHook
#pragma warning restore CA1050, MA0047
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(FileReplacementTests.Variable) is { } request)
        {
            FileReplacementTests.Child(request);
        }
    }
}
