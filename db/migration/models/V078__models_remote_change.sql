-- Remote generators can be changed while they do not answer. No lock beyond the grant.
grant update (name, address, model, sealed_key, context_tokens) on models.remote_generator to witan_app;
