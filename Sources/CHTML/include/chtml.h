/* HTML, however broken, as libxml2 reads it: a tree to walk. A layer of its own, because libxml2's headers bring ICU's along,
 * which clash with those of the Swift toolchain.
 *
 * Text is NUL-terminated UTF-8 and lives as long as the document. A document belongs to one thread at a time. */
#ifndef ROOST_CHTML_H
#define ROOST_CHTML_H

#include <stddef.h>

typedef struct chtml_document chtml_document;
typedef struct chtml_node chtml_node;

typedef enum chtml_kind { CHTML_ELEMENT, CHTML_TEXT, CHTML_OTHER } chtml_kind;

/* Reads `size` bytes; they need not live longer than the call. NULL: not enough memory, or nothing at all. Nothing is fetched. */
chtml_document *_Nullable chtml_parse(const char *_Nonnull bytes, size_t size);
void chtml_free(chtml_document *_Nonnull document);

/* The outermost element; NULL: there is none. */
chtml_node *_Nullable chtml_root(chtml_document *_Nonnull document);
chtml_node *_Nullable chtml_first_child(chtml_node *_Nonnull node);
chtml_node *_Nullable chtml_next(chtml_node *_Nonnull node);
chtml_node *_Nullable chtml_parent(chtml_node *_Nonnull node);

chtml_kind chtml_kind_of(chtml_node *_Nonnull node);
/* Of an element its name in small letters, of a text its words. */
const char *_Nonnull chtml_text(chtml_node *_Nonnull node);
/* An element's attribute; NULL: it has none of that name. */
const char *_Nullable chtml_attribute(chtml_node *_Nonnull node, const char *_Nonnull name);
/* From 1; 0: unknown. */
long chtml_line(chtml_node *_Nonnull node);

#endif
