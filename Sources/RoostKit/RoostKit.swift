// What an author imports with RoostKit: the entry's C types and JSON values are part of its surface.
@_exported public import CRoost
@_exported public import RoostJSON
