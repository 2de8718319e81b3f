import ArgumentParser
import PluginRuntime

/// Where the process begins, as a host or as a cell of one.
@main
enum EntryPoint {
    static func main() async {
        // A cell is this same binary and must be quick: it begins before anything of the host is touched.
        if CommandLine.arguments.dropFirst().first == CellMain.argument { CellMain.run() }
        await RoostCommand.main()
    }
}
