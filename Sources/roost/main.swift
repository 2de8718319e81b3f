import PluginRuntime

if CommandLine.arguments.dropFirst().first == CellMain.argument { CellMain.run() }
print("roost")
