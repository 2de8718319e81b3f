// Each file of a set, in the order in which a new project lists them. A test compares this with the folders it comes from.
#include "ctemplates.h"

#pragma clang diagnostic ignored "-Wc23-extensions"  // #embed, which every clang since 19 knows in C17 too

static const uint8_t swift_Package_swift[] = {
#embed "../../Templates/swift/Package.swift"
};
static const uint8_t swift_README_md[] = {
#embed "../../Templates/swift/README.md"
};
static const uint8_t swift_Sources_Greeter_Greet_swift[] = {
#embed "../../Templates/swift/Sources/Greeter/Greet.swift"
};
static const uint8_t swift_Sources_Greeter_GreeterPlugin_swift[] = {
#embed "../../Templates/swift/Sources/Greeter/GreeterPlugin.swift"
};
static const uint8_t swift_Tests_GreeterTests_GreetTests_swift[] = {
#embed "../../Templates/swift/Tests/GreeterTests/GreetTests.swift"
};
static const uint8_t shared_greet_json[] = {
#embed "../../Templates/shared/greet.json"
};
static const uint8_t swift_ci_sh[] = {
#embed "../../Templates/swift/ci.sh"
};
static const uint8_t swift_workflow_yml[] = {
#embed "../../Templates/swift/workflow.yml"
};
static const uint8_t swift_gitignore[] = {
#embed "../../Templates/swift/gitignore"
};
static const uint8_t swift_host_yaml[] = {
#embed "../../Templates/swift/host.yaml"
};
static const uint8_t shared_plugin_version[] = {
#embed "../../Templates/shared/plugin.version"
};
static const uint8_t c_Makefile[] = {
#embed "../../Templates/c/Makefile"
};
static const uint8_t c_README_md[] = {
#embed "../../Templates/c/README.md"
};
static const uint8_t c_ci_sh[] = {
#embed "../../Templates/c/ci.sh"
};
static const uint8_t c_workflow_yml[] = {
#embed "../../Templates/c/workflow.yml"
};
static const uint8_t c_gitignore[] = {
#embed "../../Templates/c/gitignore"
};
static const uint8_t c_host_yaml[] = {
#embed "../../Templates/c/host.yaml"
};
static const uint8_t c_src_greeter_c[] = {
#embed "../../Templates/c/src/greeter.c"
};
static const uint8_t c_src_json_c[] = {
#embed "../../Templates/c/src/json.c"
};
static const uint8_t c_src_json_h[] = {
#embed "../../Templates/c/src/json.h"
};
static const uint8_t rust_Cargo_toml[] = {
#embed "../../Templates/rust/Cargo.toml"
};
static const uint8_t rust_README_md[] = {
#embed "../../Templates/rust/README.md"
};
static const uint8_t rust_ci_sh[] = {
#embed "../../Templates/rust/ci.sh"
};
static const uint8_t rust_workflow_yml[] = {
#embed "../../Templates/rust/workflow.yml"
};
static const uint8_t rust_gitignore[] = {
#embed "../../Templates/rust/gitignore"
};
static const uint8_t rust_host_yaml[] = {
#embed "../../Templates/rust/host.yaml"
};
static const uint8_t rust_src_lib_rs[] = {
#embed "../../Templates/rust/src/lib.rs"
};
static const uint8_t rust_src_roost_abi_rs[] = {
#embed "../../Templates/rust/src/roost/abi.rs"
};
static const uint8_t rust_src_roost_call_rs[] = {
#embed "../../Templates/rust/src/roost/call.rs"
};
static const uint8_t rust_src_roost_host_rs[] = {
#embed "../../Templates/rust/src/roost/host.rs"
};
static const uint8_t rust_src_roost_json_rs[] = {
#embed "../../Templates/rust/src/roost/json.rs"
};
static const uint8_t rust_src_roost_mod_rs[] = {
#embed "../../Templates/rust/src/roost/mod.rs"
};
static const uint8_t rust_src_roost_plugin_rs[] = {
#embed "../../Templates/rust/src/roost/plugin.rs"
};
static const uint8_t rust_src_roost_prompt_rs[] = {
#embed "../../Templates/rust/src/roost/prompt.rs"
};
static const uint8_t rust_src_roost_resource_rs[] = {
#embed "../../Templates/rust/src/roost/resource.rs"
};
static const uint8_t rust_src_roost_tests_rs[] = {
#embed "../../Templates/rust/src/roost/tests.rs"
};
static const uint8_t roost_base_h[] = {
#embed "../CRoost/include/roost/base.h"
};
static const uint8_t roost_ext_draft_stream_h[] = {
#embed "../CRoost/include/roost/ext/draft/stream.h"
};
static const uint8_t roost_ext_http_h[] = {
#embed "../CRoost/include/roost/ext/http.h"
};
static const uint8_t roost_ext_log_h[] = {
#embed "../CRoost/include/roost/ext/log.h"
};
static const uint8_t roost_ext_manifest_h[] = {
#embed "../CRoost/include/roost/ext/manifest.h"
};
static const uint8_t roost_ext_progress_h[] = {
#embed "../CRoost/include/roost/ext/progress.h"
};
static const uint8_t roost_ext_resources_h[] = {
#embed "../CRoost/include/roost/ext/resources.h"
};
static const uint8_t roost_ext_state_h[] = {
#embed "../CRoost/include/roost/ext/state.h"
};
static const uint8_t roost_host_h[] = {
#embed "../CRoost/include/roost/host.h"
};
static const uint8_t roost_plugin_h[] = {
#embed "../CRoost/include/roost/plugin.h"
};
static const uint8_t roost_roost_h[] = {
#embed "../CRoost/include/roost/roost.h"
};

#define FILE(set, path, bytes) {set, path, bytes, sizeof bytes, false}
#define PROGRAM(set, path, bytes) {set, path, bytes, sizeof bytes, true}

static const ctemplates_file files[] = {
    FILE("swift", "Package.swift", swift_Package_swift),
    FILE("swift", "README.md", swift_README_md),
    FILE("swift", "Sources/Greeter/Greet.swift", swift_Sources_Greeter_Greet_swift),
    FILE("swift", "Sources/Greeter/GreeterPlugin.swift", swift_Sources_Greeter_GreeterPlugin_swift),
    FILE("swift", "Tests/GreeterTests/GreetTests.swift", swift_Tests_GreeterTests_GreetTests_swift),
    FILE("swift", "calls/greet.json", shared_greet_json),
    PROGRAM("swift", "ci.sh", swift_ci_sh),
    FILE("swift", ".github/workflows/ci.yml", swift_workflow_yml),
    FILE("swift", ".gitignore", swift_gitignore),
    FILE("swift", "host.yaml", swift_host_yaml),
    FILE("swift", "plugin.version", shared_plugin_version),
    FILE("c", "Makefile", c_Makefile),
    FILE("c", "README.md", c_README_md),
    FILE("c", "calls/greet.json", shared_greet_json),
    PROGRAM("c", "ci.sh", c_ci_sh),
    FILE("c", ".github/workflows/ci.yml", c_workflow_yml),
    FILE("c", ".gitignore", c_gitignore),
    FILE("c", "host.yaml", c_host_yaml),
    FILE("c", "plugin.version", shared_plugin_version),
    FILE("c", "src/greeter.c", c_src_greeter_c),
    FILE("c", "src/json.c", c_src_json_c),
    FILE("c", "src/json.h", c_src_json_h),
    FILE("rust", "Cargo.toml", rust_Cargo_toml),
    FILE("rust", "README.md", rust_README_md),
    FILE("rust", "calls/greet.json", shared_greet_json),
    PROGRAM("rust", "ci.sh", rust_ci_sh),
    FILE("rust", ".github/workflows/ci.yml", rust_workflow_yml),
    FILE("rust", ".gitignore", rust_gitignore),
    FILE("rust", "host.yaml", rust_host_yaml),
    FILE("rust", "src/lib.rs", rust_src_lib_rs),
    FILE("rust", "src/roost/abi.rs", rust_src_roost_abi_rs),
    FILE("rust", "src/roost/call.rs", rust_src_roost_call_rs),
    FILE("rust", "src/roost/host.rs", rust_src_roost_host_rs),
    FILE("rust", "src/roost/json.rs", rust_src_roost_json_rs),
    FILE("rust", "src/roost/mod.rs", rust_src_roost_mod_rs),
    FILE("rust", "src/roost/plugin.rs", rust_src_roost_plugin_rs),
    FILE("rust", "src/roost/prompt.rs", rust_src_roost_prompt_rs),
    FILE("rust", "src/roost/resource.rs", rust_src_roost_resource_rs),
    FILE("rust", "src/roost/tests.rs", rust_src_roost_tests_rs),
    FILE("headers", "roost/base.h", roost_base_h),
    FILE("headers", "roost/ext/draft/stream.h", roost_ext_draft_stream_h),
    FILE("headers", "roost/ext/http.h", roost_ext_http_h),
    FILE("headers", "roost/ext/log.h", roost_ext_log_h),
    FILE("headers", "roost/ext/manifest.h", roost_ext_manifest_h),
    FILE("headers", "roost/ext/progress.h", roost_ext_progress_h),
    FILE("headers", "roost/ext/resources.h", roost_ext_resources_h),
    FILE("headers", "roost/ext/state.h", roost_ext_state_h),
    FILE("headers", "roost/host.h", roost_host_h),
    FILE("headers", "roost/plugin.h", roost_plugin_h),
    FILE("headers", "roost/roost.h", roost_roost_h),
};

const ctemplates_file *ctemplates_files(size_t *count) {
    *count = sizeof files / sizeof *files;
    return files;
}
