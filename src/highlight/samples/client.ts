import { readFile } from 'node:fs/promises';
import type { Entity } from '@backstage/catalog-model';

export interface ClientOptions {
  baseUrl: string;
  token?: string;
  retries: number;
}

/** Reads the entities of a catalog. */
export class CatalogClient {
  private readonly cache = new Map<string, Entity[]>();

  constructor(private readonly options: ClientOptions) {}

  async entities(kind: string): Promise<Entity[]> {
    const cached = this.cache.get(kind);
    if (cached !== undefined) {
      return cached;
    }
    const response = await fetch(`${this.options.baseUrl}/entities?filter=kind=${kind}`, {
      headers: { Authorization: `Bearer ${this.options.token}` },
    });
    if (!response.ok) {
      throw new Error(`The catalog answered ${response.status}`);
    }
    const entities = (await response.json()) as Entity[];
    this.cache.set(kind, entities);
    return entities;
  }
}

const settings = JSON.parse(await readFile('settings.json', 'utf8'));
const client = new CatalogClient({ ...settings, retries: 3 });
for (const entity of await client.entities('Component')) {
  console.log(entity.metadata.name); // one a line
}
