-- one row per organization, under its id and under each of its identifiers
SELECT organization_id, any_value(name) AS name, any_value(parent_id) AS parent_id
FROM (
    SELECT unnest(list_distinct(list_prepend(scope || id, list_transform(list_filter(identifier, lambda i: i."value" IS NOT NULL),
        lambda i: scope || i."value")))) AS organization_id, name, ref(scope, partOf) AS parent_id
    FROM resource
)
WHERE organization_id IS NOT NULL GROUP BY organization_id
