using System.Management.Automation;

namespace VirtLatency.Common;

/// <summary>Turns what a user types as a path into file system paths; what does not resolve is reported, the rest goes on.</summary>
internal static class PathResolver
{
    /// <summary>Resolves wildcards, drives and relative paths.</summary>
    public static IEnumerable<string> Resolve(PSCmdlet command, IEnumerable<string> paths, bool literal)
    {
        foreach (string path in paths)
        {
            foreach (string resolved in literal ? Literal(command, path) : Wildcard(command, path))
            {
                yield return resolved;
            }
        }
    }

    /// <summary>A path that need not hold wildcards and is reported when it does not exist.</summary>
    public static string? Existing(PSCmdlet command, string path) => Literal(command, path).FirstOrDefault();

    /// <summary>A file that is to be written; a path outside of the file system ends the command.</summary>
    public static string? ToWrite(PSCmdlet command, string path)
    {
        try
        {
            string resolved = command.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            if (IsFileSystem(provider))
            {
                return resolved;
            }
        }
        catch (Exception e) when (e is System.Management.Automation.DriveNotFoundException or ProviderNotFoundException)
        {
            command.ThrowTerminatingError(ErrorFactory.PathNotFound(path));
        }

        command.ThrowTerminatingError(ErrorFactory.PathNotFileSystem(path));
        return null;
    }

    private static List<string> Wildcard(PSCmdlet command, string path)
    {
        try
        {
            List<string> resolved = [.. command.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider)];
            if (!IsFileSystem(provider))
            {
                command.WriteError(ErrorFactory.PathNotFileSystem(path));
                return [];
            }

            if (resolved.Count == 0)
            {
                command.WriteError(ErrorFactory.PathNotFound(path));
            }

            return resolved;
        }
        catch (Exception e) when (e is ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException or WildcardPatternException)
        {
            command.WriteError(ErrorFactory.PathNotFound(path));
            return [];
        }
    }

    private static List<string> Literal(PSCmdlet command, string path)
    {
        try
        {
            string resolved = command.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            if (!IsFileSystem(provider))
            {
                command.WriteError(ErrorFactory.PathNotFileSystem(path));
                return [];
            }

            if (File.Exists(resolved) || Directory.Exists(resolved))
            {
                return [resolved];
            }
        }
        catch (Exception e) when (e is System.Management.Automation.DriveNotFoundException or ProviderNotFoundException)
        {
            // Reported below, as any path that is not there.
        }

        command.WriteError(ErrorFactory.PathNotFound(path));
        return [];
    }

    private static bool IsFileSystem(ProviderInfo provider) => provider.Name == "FileSystem";
}
