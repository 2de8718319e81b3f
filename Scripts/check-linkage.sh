#!/bin/bash
# The host, author code and the SDK load FoundationEssentials at most: Foundation brings 30 MB of ICU and costs a start
# 5 to 200 ms. Memory and Context7 may link Foundation, through GRDB.
#
#   Scripts/check-linkage.sh .build/debug
set -euo pipefail
cd "$(dirname "$0")/.."

directory="$1"
heavy='libFoundation\.so|libFoundationNetworking|libFoundationXML|libFoundationInternationalization|lib_FoundationICU'
failed=0

for image in roost libEcho.so libEverything.so libFunctions.so; do
    image="$directory/$image"
    needed=$(readelf --dynamic --wide "$image" | grep NEEDED)
    found=$(grep -oE "$heavy" <<<"$needed" | sort -u | tr '\n' ' ' || true)
    if [ -n "$found" ]; then
        echo "error: expected $image to need FoundationEssentials at most, found $found"
        echo "       Import FoundationEssentials instead of Foundation, in its dependencies too."
        failed=1
    else
        echo "$image: $(wc -l <<<"$needed") libraries, none of them heavy"
    fi
done

# A static module says in its objects what whoever links it will have to link.
for module in CRoost RoostJSON RoostKit RoostTesting; do
    objects=$(find "$directory/$module.build" -name '*.o')
    found=$(for object in $objects; do
        readelf --string-dump=.swift1_autolink_entries "$object" 2>/dev/null | grep -oE -- '-lFoundation(Networking|XML|Internationalization)?$' || true
    done | sort -u | tr '\n' ' ')
    if [ -n "$found" ]; then
        echo "error: expected $module to link FoundationEssentials at most, found $found"
        failed=1
    else
        echo "$module: no Foundation"
    fi
done
exit "$failed"
