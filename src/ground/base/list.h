/*
 * A doubly linked list whose links are in the elements.  An element that is
 * in no list points at itself, so taking it out twice is harmless.
 */
#ifndef BASE_LIST_H
#define BASE_LIST_H

#include <stdbool.h>
#include <stddef.h>

struct list {
	struct list *next, *prev;
};

#define LIST_ENTRY(node, type, member) \
	((type *)(void *)((char *)(node)-offsetof(type, member)))

/* NODE may be taken out (and freed) in the body, its successor may not. */
#define list_foreach(node, head)                                          \
	for (struct list *node = (head)->next, *node##_next = node->next; \
	     node != (head); node = node##_next, node##_next = node->next)

/* What NODE is in, NULL where it is the HEAD. */
#define LIST_AT(node, head, type, member) \
	((node) != (head) ? LIST_ENTRY(node, type, member) : NULL)

/* E is each TYPE in turn whose link MEMBER is in the list; it may be taken
 * out (and freed) in the body, its successor may not. */
#define list_each(type, e, head, member)                                       \
	for (type *e = LIST_AT((head)->next, head, type, member),              \
		  *e##_next =                                                  \
		      e != NULL ? LIST_AT(e->member.next, head, type, member)  \
				: NULL;                                        \
	     e != NULL; e = e##_next,                                          \
		  e##_next = e != NULL                                         \
				 ? LIST_AT(e->member.next, head, type, member) \
				 : NULL)

static inline void
list_init(struct list *l)
{
	l->next = l->prev = l;
}

static inline bool
list_empty(const struct list *l)
{
	return l->next == l;
}

static inline void
list_append(struct list *head, struct list *node)
{
	node->prev = head->prev;
	node->next = head;
	head->prev->next = node;
	head->prev = node;
}

static inline void
list_remove(struct list *node)
{
	node->prev->next = node->next;
	node->next->prev = node->prev;
	list_init(node);
}

static inline struct list *
list_first(const struct list *head)
{
	return head->next != head ? head->next : NULL;
}

#endif
