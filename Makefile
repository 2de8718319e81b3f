# The commands of this project. `make` alone lists them.
SWIFT ?= swift
export SWIFT

.DEFAULT_GOAL := help
.PHONY: help run build test check docs bench bench-faults image-check abi-golden clean

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## */  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

run:  ## install what is missing, build in release, serve host.yaml (CONFIG=… for another file)
	@Scripts/run.sh $(CONFIG)

build:  ## install what is missing and build in release, plugins included
	@Scripts/build.sh

test:  ## install what the tests need, then run every test (full log: .build/test.log)
	@Scripts/test.sh

check:  ## format, headers, ABI, exported symbols, linkage, the README's plugin
	@Scripts/check.sh

docs:  ## write the reference of RoostKit and RoostTesting to .build/docs
	@Scripts/docs.sh

bench:  ## measure the host beside nginx, in one run (QUICK=1 for a smoke run)
	@Scripts/bench.sh $(if $(QUICK),--quick)

bench-faults:  ## measure what callers and neighbours see of crashes and reloads
	@Scripts/bench-faults.sh

image-check:  ## run the image's steps in a Debian root of their own, up to a tool call, and print the size (needs root)
	@Scripts/image-check.sh

abi-golden:  ## write Tests/Fixtures/abi-v1.json anew, after fields were appended
	@python3 Scripts/abi_layout.py --write

clean:  ## remove everything that was built
	@rm -rf .build
