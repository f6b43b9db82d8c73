using VirtLatency.CpuIdle;

namespace VirtLatency.Tests.CpuIdle;

/// <summary>A tree on disk that takes writes as the kernel's files do: the value replaces what is there, with a line end.</summary>
internal sealed class WritableHost(string root) : IHostAccess
{
    private readonly LocalHost _tree = LocalHost.Captured(root);

    /// <summary>Called before each write with its number, from 1, and its path; what it throws, the write throws.</summary>
    public Action<int, string>? OnWrite { get; init; }

    /// <summary>True for a file that takes a write and keeps its value.</summary>
    public Func<string, bool> Ignores { get; init; } = _ => false;

    /// <summary>The lock; null as long as another session has it.</summary>
    public Func<IDisposable?> Lock { get; init; } = () => HostLock.Nothing;

    /// <summary>Called before each reading; what it throws, the reading throws.</summary>
    public Action? OnRead { get; set; }

    public int WriteCount { get; private set; }

    public List<string> Scripts { get; } = [];

    public string HostName => _tree.HostName;

    public bool IsLive => true;

    public HostTree Read(IReadOnlyList<string> patterns, CancellationToken cancellation = default)
    {
        OnRead?.Invoke();
        return _tree.Read(patterns, cancellation);
    }

    public void Write(string path, string value)
    {
        OnWrite?.Invoke(++WriteCount, path);
        if (!File.Exists(root + path))
        {
            throw new HostAccessException(HostAccessProblem.Missing, HostName, $"'{path}' is not there.");
        }

        if (!Ignores(path))
        {
            File.WriteAllText(root + path, value + "\n");
        }
    }

    IDisposable? IHostAccess.TryLock(string path) => Lock();

    IReadOnlyList<string> IHostAccess.HoldersOf(string device) => [];

    public void StartDetached(string script) => Scripts.Add(script);

    public void Dispose() => _tree.Dispose();
}
