using VirtLatency.LogWriter;

namespace VirtLatency.Tests.RoundTrip;

/// <summary>The example data is what the log writer makes from its figures, byte for byte.</summary>
public sealed class ExampleDataTests
{
    public static TheoryData<string, string> Logs
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string environment in ExampleLogs.Environments)
            {
                foreach (string name in ExampleLogs.Names(environment))
                {
                    data.Add(environment, name);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Logs))]
    public void Checked_in_logs_are_the_writers(string environment, string name)
    {
        using var output = new StringWriter();
        ExampleLogs.Write(environment, name, output);

        Assert.Equal(File.ReadAllText(Path.Combine(RepositoryFolder.ExampleData, environment, name)), output.ToString());
    }

    /// <summary>Beside the environments lie small logs that were typed by hand, each in a folder of its own.</summary>
    [Fact]
    public void No_further_log_is_in_an_environment()
    {
        string[] there = ExampleLogs.Environments
            .SelectMany(environment => Directory.EnumerateFiles(Path.Combine(RepositoryFolder.ExampleData, environment), "*", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(RepositoryFolder.ExampleData, path)).Order(StringComparer.Ordinal).ToArray();
        string[] written = ExampleLogs.Environments.SelectMany(environment => ExampleLogs.Names(environment).Select(name => Path.Combine(environment, name)))
            .Order(StringComparer.Ordinal).ToArray();

        Assert.Equal(written, there);
    }
}
