-- one row per Location
SELECT row_number, scope || id AS location_id, list_filter(identifier, lambda i: ends_with(i.system, 'us-npi'))[1]."value" AS npi, name,
    words_of(type[1]) AS facility_type, coalesce(managingOrganization.display, ref(scope, managingOrganization),
        managingOrganization.identifier."value") AS parent_organization,
    address.line[1] AS address, address.city, address.state, address.postalCode AS zip_code, position.latitude, position.longitude,
    codings_of_all(type) AS codes, meta.lastUpdated AS source_updated_at
FROM resource
