#include "chtml.h"

#include <libxml/HTMLparser.h>
#include <limits.h>
#include <string.h>

static xmlNodePtr real(chtml_node *node) { return (xmlNodePtr)(void *)node; }

static chtml_node *ours(xmlNodePtr node) { return (chtml_node *)(void *)node; }

chtml_document *chtml_parse(const char *bytes, size_t size) {
    if (size > INT_MAX) return NULL;
    int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET;
    return (chtml_document *)(void *)htmlReadMemory(bytes, (int)size, NULL, "UTF-8", options);
}

void chtml_free(chtml_document *document) { xmlFreeDoc((xmlDocPtr)(void *)document); }

chtml_node *chtml_root(chtml_document *document) { return ours(xmlDocGetRootElement((xmlDocPtr)(void *)document)); }

/* Only elements have children of their own: an entity's belong to its declaration. */
chtml_node *chtml_first_child(chtml_node *node) {
    return real(node)->type == XML_ELEMENT_NODE ? ours(real(node)->children) : NULL;
}

chtml_node *chtml_next(chtml_node *node) { return ours(real(node)->next); }

chtml_node *chtml_parent(chtml_node *node) { return ours(real(node)->parent); }

chtml_kind chtml_kind_of(chtml_node *node) {
    switch (real(node)->type) {
    case XML_ELEMENT_NODE: return CHTML_ELEMENT;
    case XML_TEXT_NODE:
    case XML_CDATA_SECTION_NODE: return CHTML_TEXT;
    default: return CHTML_OTHER;
    }
}

const char *chtml_text(chtml_node *node) {
    const xmlChar *text = real(node)->type == XML_ELEMENT_NODE ? real(node)->name : real(node)->content;
    return text != NULL ? (const char *)text : "";
}

const char *chtml_attribute(chtml_node *node, const char *name) {
    if (real(node)->type != XML_ELEMENT_NODE) return NULL;
    for (xmlAttrPtr attribute = real(node)->properties; attribute != NULL; attribute = attribute->next) {
        if (strcmp((const char *)attribute->name, name) != 0) continue;
        xmlNodePtr value = attribute->children;
        return value != NULL && value->content != NULL ? (const char *)value->content : "";
    }
    return NULL;
}

long chtml_line(chtml_node *node) { return xmlGetLineNo(real(node)); }
