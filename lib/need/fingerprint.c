/* fingerprint.c - the digest of what a model says, not of how its file is laid out.
 *
 * The tree is fed to the digest with the keys of each mapping sorted, fractions reduced and runs of white
 * space in a text taken as one; comments are not in the tree. Lengths go in too, so that no two trees feed
 * the same bytes. */
#include "need/fields.h"
#include "need/read.h"

#include "base/alloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void add_scalar(gov_digest *digest, const gov_yaml_node *node)
{
    gov_rational r;
    char fraction[48];
    if (!node->quoted && memchr(node->text, '/', (size_t)node->size) != NULL &&
        gov_rational_parse(node->text, node->size, &r)) {
        r = gov_rational_reduced(r);
        int size = snprintf(fraction, sizeof(fraction), "%lld/%lld", (long long)r.num, (long long)r.den);
        gov_digest_add_text(digest, fraction, size);
        return;
    }
    int64_t words = 0;
    for (const char *s = node->text; *s != '\0'; words++) {
        s += strspn(s, " \n\t");
        size_t size = strcspn(s, " \n\t");
        gov_digest_add_text(digest, s, (int64_t)size);
        s += size;
    }
    gov_digest_add(digest, &words, sizeof(words));
}

static int by_key(const void *a, const void *b)
{
    const gov_yaml_node *const *x = a;
    const gov_yaml_node *const *y = b;
    return strcmp((*x)->text, (*y)->text);
}

static gov_status add_node(gov_digest *digest, const gov_yaml_node *node, gov_error *err);

static gov_status add_mapping(gov_digest *digest, const gov_yaml_node *node, gov_error *err)
{
    const gov_yaml_node **keys = gov_alloc(node->size, sizeof(gov_yaml_node *));
    if (keys == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < node->size; i++)
        keys[i] = node->keys[i];
    qsort(keys, (size_t)node->size, sizeof(gov_yaml_node *), by_key);
    gov_status status = GOV_OK;
    for (int64_t i = 0; i < node->size && status == GOV_OK; i++) {
        gov_digest_add_text(digest, keys[i]->text, keys[i]->size);
        status = add_node(digest, gov_yaml_get(node, keys[i]->text), err);
    }
    gov_free(keys);
    return status;
}

static gov_status add_node(gov_digest *digest, const gov_yaml_node *node, gov_error *err)
{
    const int64_t shape[] = {(int64_t)node->kind, node->kind == GOV_YAML_SCALAR ? 0 : node->size};
    gov_digest_add(digest, shape, sizeof(shape));
    if (node->kind == GOV_YAML_MAPPING)
        return add_mapping(digest, node, err);
    if (node->kind == GOV_YAML_SCALAR)
        add_scalar(digest, node);
    for (int64_t i = 0; node->kind == GOV_YAML_SEQUENCE && i < node->size; i++)
        GOV_TRY(add_node(digest, node->children[i], err));
    return GOV_OK;
}

gov_status gov_need_fingerprint(const gov_yaml_node *root, char out[GOV_DIGEST_TEXT], gov_error *err)
{
    gov_digest *digest = NULL;
    GOV_TRY(gov_digest_new(&digest, err));
    gov_status status = add_node(digest, root, err);
    if (status == GOV_OK)
        gov_digest_text(digest, out);
    gov_digest_free(digest);
    return status;
}
