using System.Reflection;
using System.Runtime.Loader;
using VirtLatency.Report;

namespace VirtLatency.Common;

/// <summary>
/// The writers with their libraries, in a load context of their own: a session that has another version of such a library
/// keeps it, and the writers have theirs. The model they render is of the one Core that the module has, so both sides mean
/// the same types.
/// </summary>
internal sealed class ReportingLibrary : AssemblyLoadContext
{
    private const string Main = "VirtLatency.Reporting";

    private static readonly Lazy<ReportingLibrary> One = new(() => new ReportingLibrary(FolderOfModule()));

    private readonly string _folder;
    private readonly Lazy<Type> _writers;

    private ReportingLibrary(string folder)
        : base(Main)
    {
        _folder = folder;
        _writers = new Lazy<Type>(() => LoadFromAssemblyPath(MainPath).GetType(Main + ".ReportWriters", throwOnError: true)!);
    }

    /// <summary>The writers of this session.</summary>
    public static ReportingLibrary Instance => One.Value;

    /// <summary>The file that holds the writers.</summary>
    public string MainPath => Path.Combine(_folder, Main + ".dll");

    /// <summary>Extensions with a writer, with their dots.</summary>
    /// <exception cref="IOException">The library is not where it belongs.</exception>
    public IReadOnlyList<string> Extensions => (IReadOnlyList<string>)_writers.Value.GetProperty(nameof(Extensions))!.GetValue(null)!;

    /// <summary>The writer for a file; null where its extension has none.</summary>
    /// <param name="path">The file.</param>
    public IReportWriter? WriterOf(string path) => (IReportWriter?)_writers.Value.GetMethod("Of", [typeof(string)])!.Invoke(null, [Path.GetExtension(path)]);

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        Assembly core = typeof(LatencyReport).Assembly;
        if (assemblyName.Name == core.GetName().Name)
        {
            return core;
        }

        string own = Path.Combine(_folder, assemblyName.Name + ".dll");
        return File.Exists(own) ? LoadFromAssemblyPath(own) : null;
    }

    private static string FolderOfModule() => Path.Combine(Path.GetDirectoryName(typeof(ReportingLibrary).Assembly.Location)!, "lib", "Reporting");
}
