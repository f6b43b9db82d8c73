using System.Management.Automation.Runspaces;

// What any host of the engine pays: an empty runspace, opened and closed.
using Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
runspace.Open();
