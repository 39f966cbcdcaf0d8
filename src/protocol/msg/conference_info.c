/*
 * Documents of conferences (RFC 4575): written by a focus, and read into what a
 * subscriber knows.
 */
#include "msg/conference_info.h"

#include "base/err.h"
#include "base/mem.h"
#include "text/xml.h"

#include <string.h>

#define NAMESPACE "urn:ietf:params:xml:ns:conference-info"

static const char *const state_words[] = {
#define X(id, word) [CONFERENCE_##id] = word,
	CONFERENCE_STATES(X)
#undef X
};

/* 5.3, 5.5: of what has no state of its own all is said each time. */
static void
conference_info_put_head(struct buf *out, const struct conference_info *info)
{
	if (info->state == CONFERENCE_FULL)
		xml_print(out,
		    " <conference-description>\r\n"
		    "  <conf-uris><entry><uri>%.*s</uri>"
		    "<purpose>participation</purpose></entry></conf-uris>\r\n"
		    "  <maximum-user-count>%u</maximum-user-count>\r\n"
		    " </conference-description>\r\n",
		    STR_ARG(info->entity), info->most);
	xml_print(out,
	    " <conference-state><user-count>%u</user-count>"
	    "<active>true</active><locked>%s</locked></conference-state>\r\n"
	    " <users state=\"%s\">\r\n",
	    info->users, info->locked ? "true" : "false",
	    state_words[info->state]);
}

void
conference_info_begin(struct buf *out, const struct conference_info *info)
{
	xml_print(out,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n"
	    "<conference-info xmlns=\"%s\"\r\n"
	    " entity=\"%.*s\" state=\"%s\" version=\"%u\">\r\n",
	    NAMESPACE, STR_ARG(info->entity), state_words[info->state],
	    info->version);
	/* 4.4: a deleted element has no children. */
	if (info->state != CONFERENCE_DELETED)
		conference_info_put_head(out, info);
}

void
conference_info_end(struct buf *out, const struct conference_info *info)
{
	if (info->state != CONFERENCE_DELETED)
		buf_puts(out, " </users>\r\n");
	buf_puts(out, "</conference-info>\r\n");
}

void
conference_info_user(struct buf *out, struct str entity, bool deleted)
{
	xml_print(out, "  <user entity=\"%.*s\" state=\"%s\"", STR_ARG(entity),
	    state_words[deleted ? CONFERENCE_DELETED : CONFERENCE_FULL]);
	buf_puts(out, deleted ? "/>\r\n" : ">\r\n");
}

void
conference_info_user_end(struct buf *out)
{
	buf_puts(out, "  </user>\r\n");
}

void
conference_info_endpoint(
    struct buf *out, const struct conference_endpoint *endpoint)
{
	xml_print(out,
	    "   <endpoint entity=\"%.*s\"><status>%s</status>"
	    "<joining-method>%s</joining-method>\r\n",
	    STR_ARG(endpoint->entity), endpoint->status, endpoint->joined);
}

void
conference_info_media(struct buf *out, const struct conference_media *media)
{
	xml_print(out,
	    "    <media id=\"%u\"><type>%.*s</type>"
	    "<status>%s</status></media>\r\n",
	    media->id, STR_ARG(media->type), media->status);
}

void
conference_info_endpoint_end(struct buf *out)
{
	buf_puts(out, "   </endpoint>\r\n");
}

/* ---- a subscriber's state of a conference: RFC 4575 4.6 ---- */

/*
 * A document is read into a tree of elements; elements that carry a state are
 * merged into the known tree, all others replace theirs.
 */
static void
free_element(struct conference_element *e)
{
	if (e == NULL)
		return;
	list_each (struct conference_element, child, &e->children, link)
		free_element(child);
	list_remove(&e->link);
	mem_free(e->name);
	mem_free(e->key);
	mem_free(e->text);
	mem_free(e);
}

static struct conference_element *
new_element(struct str name)
{
	struct conference_element *e = mem_zalloc(1, sizeof(*e));

	if (e == NULL)
		return NULL;
	list_init(&e->link);
	list_init(&e->children);
	e->name = mem_dup(name.p, name.n);
	e->key = mem_strdup("");
	e->text = mem_strdup("");
	if (e->name != NULL && e->key != NULL && e->text != NULL)
		return e;
	free_element(e);
	return NULL;
}

static bool
element_is(const struct conference_element *e, const char *name)
{
	return strcmp(e->name, name) == 0;
}

/* The child of E called NAME with KEY (NULL: any), or NULL. */
static struct conference_element *
find_child(
    const struct conference_element *e, const char *name, const char *key)
{
	list_each (struct conference_element, child, &e->children, link)
		if (element_is(child, name) &&
		    (key == NULL || strcmp(child->key, key) == 0))
			return child;
	return NULL;
}

static const char *
conference_info_text_of(const struct conference_element *e, const char *name)
{
	const struct conference_element *child = find_child(e, name, NULL);

	return child != NULL ? child->text : "";
}

/* ---- a document ---- */

/* 4.5: the attribute that is the key of an element. */
static const struct {
	const char *element, *attribute;
} keys[] = {
	{ "user", "entity" },
	{ "endpoint", "entity" },
	{ "media", "id" },
	{ "entry", "entity" },
	{ "entry", "label" },
};

static int
conference_info_take_key(
    struct conference_element *e, const struct xml_item *item)
{
	struct str value;

	for (size_t i = 0; i < COUNT_OF(keys); i++)
		if (element_is(e, keys[i].element) &&
		    xml_attr(item, keys[i].attribute, &value))
			return str_keep(&e->key, value);
	return 0;
}

/* 4.4: the default is "full". */
static int
conference_info_take_state(
    struct conference_element *e, const struct xml_item *item)
{
	static const char *const words[] = {
#define X(id, word) [CONFERENCE_##id] = word,
		CONFERENCE_STATES(X)
#undef X
	};
	struct str value;
	unsigned i = 0;

	e->state = CONFERENCE_FULL;
	if (!xml_attr(item, "state", &value))
		return 0;
	while (i <= CONFERENCE_DELETED && !str_is(value, words[i]))
		i++;
	e->state = (enum conference_state)i;
	return i <= CONFERENCE_DELETED ? 0 : ERR_SYNTAX;
}

/* What a parent may have: no two of one key, and of a full one's children none
 * is partial (4.4, 4.5). */
static int
check_child(
    const struct conference_element *parent, const struct conference_element *e)
{
	bool keyed = element_is(e, "user") || element_is(e, "endpoint") ||
		     element_is(e, "media");

	if (parent->state == CONFERENCE_FULL && e->state != CONFERENCE_FULL)
		return ERR_SYNTAX;
	if (!keyed)
		return 0;
	return e->key[0] != '\0' && find_child(parent, e->name, e->key) == NULL
		   ? 0
		   : ERR_SYNTAX;
}

static int
read_children(struct xml *x, struct conference_element *e, size_t *left);

/* The element that ITEM opens, with all that is in it, into *EP. */
static int
read_element(struct xml *x, const struct xml_item *item, size_t *left,
    struct conference_element **ep)
{
	struct conference_element *e = NULL;
	int err = *left == 0 ? ERR_LIMIT : 0;

	if (err == 0) {
		--*left;
		e = new_element(item->name.local);
		err = e == NULL ? ERR_NOMEM : conference_info_take_key(e, item);
	}
	if (err == 0)
		err = conference_info_take_state(e, item);
	if (err == 0)
		err = read_children(x, e, left);
	/* 4.5: an entry may be told by its URI. */
	if (err == 0 && element_is(e, "entry") && e->key[0] == '\0')
		err = str_keep(
		    &e->key, str_of(conference_info_text_of(e, "uri")));
	if (err != 0)
		free_element(e);
	*ep = err == 0 ? e : NULL;
	return err;
}

/* Up to E's end. */
static int
read_children(struct xml *x, struct conference_element *e, size_t *left)
{
	const struct xml_item *item;
	struct conference_element *child;
	int err = 0;

	while (err == 0 && (item = xml_next(x))->kind != XML_CLOSE) {
		if (item->kind == XML_DONE)
			return ERR_SYNTAX;
		if (item->kind == XML_TEXT) {
			err = str_keep(&e->text, str_trim(item->text));
			continue;
		}
		err = read_element(x, item, left, &child);
		if (err == 0)
			err = check_child(e, child);
		if (err == 0)
			list_append(&e->children, &child->link);
		else
			free_element(child);
	}
	return err;
}

/* BODY as a tree, with its version: 5.2. */
static int
conference_info_read_document(
    struct str body, struct conference_element **root, uint32_t *version)
{
	const struct xml_item *item;
	size_t left = CONFERENCE_ELEMENTS;
	struct str value, entity;
	struct xml x;
	int err = xml_read(&x, body);

	*root = NULL;
	if (err != 0)
		return err;
	item = xml_next(&x);
	if (item->kind != XML_OPEN ||
	    !str_is(item->name.local, "conference-info") ||
	    !xml_attr(item, "version", &value) ||
	    str_u32(value, version) != 0 ||
	    !xml_attr(item, "entity", &entity) || entity.n == 0)
		err = ERR_SYNTAX;
	if (err == 0)
		err = read_element(&x, item, &left, root);
	if (err == 0)
		err = str_keep(&(*root)->key, entity);
	if (err != 0) {
		free_element(*root);
		*root = NULL;
	}
	xml_free(&x);
	return err;
}

/* ---- merging into the known state ---- */

/* 4.6, 3.1.1: E, of which nothing was known, is what there is of it: without
 * what it says is gone. */
static void
settle_element(struct conference_element *e)
{
	e->state = CONFERENCE_FULL;
	list_each (struct conference_element, child, &e->children, link) {
		if (child->state == CONFERENCE_DELETED)
			free_element(child);
		else
			settle_element(child);
	}
}

/* Moves E out of the document, to where AT is, or to the end of TO. */
static void
place_element(struct conference_element *to, struct conference_element *at,
    struct conference_element *e)
{
	list_remove(&e->link);
	settle_element(e);
	list_append(at != NULL ? &at->link : &to->children, &e->link);
	free_element(at);
}

/* 4.6, steps 1 to 3. */
static void
conference_info_merge(
    struct conference_element *known, struct conference_element *document)
{
	list_each (struct conference_element, e, &document->children, link) {
		struct conference_element *at =
		    find_child(known, e->name, e->key);

		if (e->state == CONFERENCE_DELETED)
			free_element(at);
		else if (e->state == CONFERENCE_PARTIAL && at != NULL)
			conference_info_merge(at, e);
		else
			place_element(known, at, e);
	}
}

static size_t
count_elements(const struct conference_element *e)
{
	size_t n = 1;

	list_each (struct conference_element, child, &e->children, link)
		n += count_elements(child);
	return n;
}

static enum conference_news
judge_document(const struct conference_view *v,
    const struct conference_element *document, uint32_t version)
{
	if (v->root != NULL && version <= v->version)
		return CONFERENCE_OLD;
	if (document->state == CONFERENCE_DELETED)
		return CONFERENCE_OVER;
	/* The first document may be a part as well: the whole one was lost. */
	if (document->state == CONFERENCE_PARTIAL &&
	    (v->root == NULL || version != v->version + 1))
		return CONFERENCE_GAP;
	return CONFERENCE_NEWS;
}

/* DOCUMENT is V's, or freed. */
static void
apply_document(struct conference_view *v, struct conference_element *document,
    uint32_t version)
{
	v->version = version;
	if (document->state == CONFERENCE_PARTIAL) {
		conference_info_merge(v->root, document);
		free_element(document);
	} else {
		free_element(v->root);
		v->root = document;
	}
}

int
conference_view_take(
    struct conference_view *v, struct str body, enum conference_news *news)
{
	struct conference_element *document;
	uint32_t version;
	int err = conference_info_read_document(body, &document, &version);

	if (err == 0)
		*news = judge_document(v, document, version);
	if (err == 0 && *news == CONFERENCE_NEWS &&
	    document->state == CONFERENCE_PARTIAL &&
	    count_elements(v->root) + count_elements(document) >
		CONFERENCE_ELEMENTS)
		err = ERR_LIMIT;
	if (err == 0 && (*news == CONFERENCE_NEWS || *news == CONFERENCE_OVER))
		apply_document(v, document, version);
	else
		free_element(document);
	return err;
}

void
conference_view_free(struct conference_view *v)
{
	free_element(v->root);
	*v = (struct conference_view){ 0 };
}

/* ---- for people ---- */

static void
say_endpoint(const struct conference_element *e, struct buf *out)
{
	const char *between = " (";

	buf_printf(out, " %s", conference_info_text_of(e, "status"));
	list_each (const struct conference_element, m, &e->children, link) {
		if (!element_is(m, "media"))
			continue;
		buf_printf(out, "%s%s %s", between,
		    conference_info_text_of(m, "type"),
		    conference_info_text_of(m, "status"));
		between = ", ";
	}
	if (strcmp(between, ", ") == 0)
		buf_putc(out, ')');
}

static void
say_user(const struct conference_element *user, struct buf *out)
{
	buf_puts(out, user->key);
	if (user->state == CONFERENCE_DELETED)
		buf_puts(out, " gone");
	list_each (const struct conference_element, e, &user->children, link)
		if (element_is(e, "endpoint"))
			say_endpoint(e, out);
}

static const struct list *
users_of(const struct conference_element *root)
{
	static const struct list none = { (struct list *)&none,
		(struct list *)&none };
	const struct conference_element *users =
	    find_child(root, "users", NULL);

	return users != NULL ? &users->children : &none;
}

static int
say_tree(
    const struct conference_element *root, uint32_t version, struct buf *out)
{
	const struct list *users = users_of(root);
	const char *between = ": ";

	buf_printf(out, "conference %s, version %u", root->key, version);
	if (root->state == CONFERENCE_PARTIAL)
		buf_puts(out, ", what has changed");
	if (root->state == CONFERENCE_DELETED)
		buf_puts(out, ": it is over");
	else if (list_empty(users))
		buf_puts(out, ": nobody");
	/* 4.4: elements within a deleted one are ignored. */
	if (root->state == CONFERENCE_DELETED)
		return out->err;
	list_each (const struct conference_element, u, users, link) {
		buf_puts(out, between);
		say_user(u, out);
		between = ", ";
	}
	return out->err;
}

int
conference_view_say(const struct conference_view *v, struct buf *out)
{
	const char *between = "in the conference: ";

	if (v->root == NULL)
		return 0;
	list_each (
	    const struct conference_element, u, users_of(v->root), link) {
		buf_printf(out, "%s%s", between, u->key);
		between = ", ";
	}
	return out->err;
}

int
conference_info_say(struct str body, struct buf *out)
{
	struct conference_element *root;
	uint32_t version;
	int err = conference_info_read_document(body, &root, &version);

	if (err != 0)
		return err == ERR_NOMEM ? err : ERR_SYNTAX;
	err = say_tree(root, version, out);
	free_element(root);
	return err;
}
